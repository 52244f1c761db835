import type { INestApplicationContext } from '@nestjs/common';
import type { KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LogExport } from '../audit/export/read-export.js';
import { SignerStateFile } from '../audit/signer-state.js';
import { SigningKey } from '../audit/signing-key.js';
import { fingerprint, parseVerifierKey, type VerifierKey } from '../audit/verifier-key.js';
import type { KeptCheckpoint, VerifiedLog } from '../audit/verify/verified-log.js';
import { sayFinding } from '../audit/verify/finding-words.js';
import { verifyExportedLog } from '../audit/verify/verify-exported-log.js';
import { verifyStoredLog } from '../audit/verify/verify-stored-log.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { Settings } from '../platform/settings.js';
import { progressBar } from './progress-bar.js';

export interface VerifyAsked {
  /** The log's verifier key, as somebody has kept it. */
  readonly key?: string;
  /** Files of older checkpoints. */
  readonly checkpoint?: readonly string[];
}

type Say = (line: string) => void;

/** Something was found. `unclear`: only what a crash leaves as well. */
export class LogNotGood extends Error {
  override readonly name = 'LogNotGood';

  constructor(readonly isUnclear: boolean, message: string) {
    super(message);
  }
}

/** Verifies an export without any database or service. @throws LogNotGood; Error where there is nothing to verify */
export function verifyExport(directory: string, asked: VerifyAsked, say: Say): VerifiedLog {
  if (!existsSync(join(directory, 'tile'))) throw new Error('There is no export of a log in this directory.');
  const key = asked.key === undefined ? LogExport.ownKey(directory) : givenKey(asked.key);
  if (asked.key === undefined) say('The key is the export’s own: whoever made the export may have made it. Compare it with the one that you have kept, or that the organization shows.');
  const bar = progressBar(process.stderr, 'entries');
  try {
    return report(verifyExportedLog(directory, key.publicKey, kept(asked), bar.show), key.publicKey, say, bar.end);
  } finally {
    bar.end();
  }
}

/** Verifies the log in its database. @throws LogNotGood */
export async function verifyLog(app: INestApplicationContext, asked: VerifyAsked, say: Say): Promise<void> {
  const [secrets] = app.get(Settings).secretsDirectories;
  const publicKey = (asked.key === undefined ? SigningKey.read(secrets).verifier('own') : givenKey(asked.key)).publicKey;
  const bar = progressBar(process.stderr, 'entries');
  const outside = { publicKey, signer: new SignerStateFile(secrets), kept: kept(asked), now: app.get(Clock).now() };
  const verified = await verifyStoredLog(app.get(RecordsDatabase), outside, bar.show).finally(bar.end);
  report(verified, publicKey, say, () => undefined);
}

function report(verified: VerifiedLog, publicKey: KeyObject, say: Say, end: () => void): VerifiedLog {
  end();
  verified.findings.forEach((finding, at) => say(`${at === 0 ? 'First: ' : ''}${sayFinding(finding)}`));
  if (verified.total > verified.findings.length) say(`And ${verified.total - verified.findings.length} more.`);
  say(summary(verified, publicKey));
  if (verified.total > 0) {
    const isUnclear = verified.findings.every(({ severity }) => severity === 'unclear') && verified.total === verified.findings.length;
    throw new LogNotGood(isUnclear, isUnclear ? 'Entries may be missing: nothing else is wrong.' : 'The log is not what was written into it.');
  }
  return verified;
}

/** In one sentence or two. */
function summary({ entries, withParts, pending, signed, checkpoints, total }: VerifiedLog, publicKey: KeyObject): string {
  const by = `the key with the fingerprint ${fingerprint({ publicKey })}`;
  const seen = `${entries} entries were looked at, ${withParts} of them with their parts${pending === undefined ? '' : `; ${pending} wait for their place`}.`;
  const upTo = signed ? `${signed.size} are signed, up to ${signed.at}, by ${by}, as ${signed.origin}; ${checkpoints} checkpoints were compared.` : `None is signed by ${by}.`;
  return `${seen} ${upTo} ${total === 0 ? 'All of it is as it was written.' : `${total} ${total === 1 ? 'thing is' : 'things are'} wrong.`}`;
}

function givenKey(text: string): VerifierKey {
  const key = parseVerifierKey(text.trim());
  if (!key) throw new Error('This is no verifier key: it has the form name+id+key.');
  return key;
}

function kept({ checkpoint = [] }: VerifyAsked): readonly KeptCheckpoint[] {
  return checkpoint.map((file) => ({ name: file, note: readFileSync(file, 'utf8') }));
}
