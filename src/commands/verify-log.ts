import type { INestApplicationContext } from '@nestjs/common';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tidyNote } from '../audit/check-pasted.js';
import { LogExport } from '../audit/export/read-export.js';
import { fingerprint, parseCosignerKey, parseVerifierKey, type VerifierKey } from '../audit/verifier-key.js';
import type { Cosigner } from '../audit/verify/cosigners.js';
import type { KeptCheckpoint, VerifiedLog } from '../audit/verify/verified-log.js';
import { sayFinding } from '../audit/verify/finding-words.js';
import { verifyExportedLog } from '../audit/verify/verify-exported-log.js';
import { VerifyLog } from '../audit/verify/verify-log.js';
import type { SectionFindingKind } from '../retention/verification/compare-sections.js';
import { VerifySections } from '../retention/verification/verify-sections.js';
import { progressBar } from './progress-bar.js';

export interface VerifyAsked {
  /** The log's verifier key, as somebody has kept it. */
  readonly key?: string;
  /** Files of older checkpoints. */
  readonly checkpoint?: readonly string[];
  /** Keys of witnesses. */
  readonly witness?: readonly string[];
  /** The stored sections, instead of the log itself. */
  readonly sections?: true;
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
export async function verifyExport(directory: string, asked: VerifyAsked, say: Say): Promise<VerifiedLog> {
  if (!existsSync(join(directory, 'tile'))) throw new Error('There is no export of a log in this directory.');
  const key = asked.key === undefined ? LogExport.ownKey(directory) : givenKey(asked.key);
  if (asked.key === undefined) say('The key is the export’s own: whoever made the export may have made it. Compare it with the one that you have kept, or that the organization shows.');
  const bar = progressBar(process.stderr, 'entries');
  try {
    return report(await verifyExportedLog(directory, key, kept(asked), bar.show, witnesses(asked)), key, say, bar.end);
  } finally {
    bar.end();
  }
}

/** Verifies the log in its database, or the stored sections by it. That it was done is an entry of its own. @throws LogNotGood */
export function verifyLive(app: INestApplicationContext, asked: VerifyAsked, say: Say): Promise<void> {
  return asked.sections ? verifyStoredSections(app, say) : verifyLog(app, asked, say);
}

async function verifyLog(app: INestApplicationContext, asked: VerifyAsked, say: Say): Promise<void> {
  const verification = app.get(VerifyLog);
  const key = asked.key === undefined ? verification.ownKey() : givenKey(asked.key);
  const bar = progressBar(process.stderr, 'entries');
  if (!verification.signsHere) say('The log is not signed on this machine: it is not compared with what the signer remembers.');
  const verified = await verification.execute('command', { key, checkpoints: kept(asked), witnesses: witnesses(asked) }, bar.show).finally(bar.end);
  report(verified, key, say, () => undefined);
}

async function verifyStoredSections(app: INestApplicationContext, say: Say): Promise<void> {
  const bar = progressBar(process.stderr, 'intakes');
  const { sections, findings, total } = await app.get(VerifySections).execute('command', bar.show).finally(bar.end);
  for (const { intakeId, class: name, kind } of findings) say(`Intake ${intakeId}${name === undefined ? '' : `, ${name}`}: ${SECTION_WORDS[kind]}`);
  if (total > findings.length) say(`And ${total - findings.length} more.`);
  say(`${sections} sealed sections were compared with the entries of their last writes, without any key. ${total === 0 ? 'All of them are as they were written.' : `${total} ${total === 1 ? 'is' : 'are'} not.`}`);
  if (total > 0) throw new LogNotGood(false, 'Stored answers are not as they were written.');
}

const SECTION_WORDS: Readonly<Record<SectionFindingKind, string>> = {
  foreign: 'it belongs somewhere else, or the last write knows nothing of it.',
  'rolled-back': 'it was brought back from an earlier write.',
  changed: 'it is as no write left it.',
  missing: 'it was removed.',
  'entry-damaged': 'the entry of its last write is gone or was changed, so that its sections cannot be compared.',
  'preserved-foreign': 'an earlier version that a legal hold keeps belongs somewhere else.',
  'preserved-changed': 'an earlier version that a legal hold keeps is not as its write left it.',
  'preserved-untold': 'an earlier version that a legal hold keeps cannot be compared: the entry of its write is gone or was changed.',
  'preserved-missing': 'an earlier version that a legal hold keeps was removed.',
};

function report(verified: VerifiedLog, key: VerifierKey, say: Say, end: () => void): VerifiedLog {
  end();
  verified.findings.forEach((finding, at) => say(`${at === 0 ? 'First: ' : ''}${sayFinding(finding)}`));
  if (verified.total > verified.findings.length) say(`And ${verified.total - verified.findings.length} more.`);
  for (const cosigner of verified.cosigners) say(cosignedInWords(cosigner));
  say(summary(verified, key));
  if (verified.total > 0) {
    const isUnclear = verified.findings.every(({ severity }) => severity === 'unclear') && verified.total === verified.findings.length;
    throw new LogNotGood(isUnclear, isUnclear ? 'Entries may be missing: nothing else is wrong.' : 'The log is not what was written into it.');
  }
  return verified;
}

/** In one sentence or two. */
function summary({ entries, withParts, pending, signed, checkpoints, total }: VerifiedLog, key: VerifierKey): string {
  const by = `the key with the fingerprint ${fingerprint(key)}`;
  const seen = `${entries} entries were looked at, ${withParts} of them with their parts${pending === undefined ? '' : `; ${pending} wait for their place`}.`;
  const upTo = signed ? `${signed.size} are signed${signed.at === '' ? '' : `, up to ${signed.at}`}, by ${by}, as ${signed.origin}; ${checkpoints} checkpoints were compared.` : `None is signed by ${by}.`;
  return `${seen} ${upTo} ${total === 0 ? 'All of it is as it was written.' : `${total} ${total === 1 ? 'thing is' : 'things are'} wrong.`}`;
}

function cosignedInWords({ name, newest }: Cosigner): string {
  return newest ? `${newest.size} entries are cosigned by ${name} at ${newest.at.toISOString().slice(0, 19)}Z.` : `Nothing that was looked at is cosigned by ${name}.`;
}

function givenKey(text: string): VerifierKey {
  const key = parseVerifierKey(text.trim());
  if (!key) throw new Error('This is no verifier key: it has the form name+id+key.');
  return key;
}

function witnesses({ witness = [] }: VerifyAsked): readonly VerifierKey[] {
  return witness.map((text) => {
    const key = parseCosignerKey(text.trim());
    if (!key) throw new Error('This is no verifier key of a witness: it has the form name+id+key, and its key begins with the byte 4 (cosignature/v1).');
    return key;
  });
}

/** As mail and editors leave it, as on the page where one is pasted: the signature decides. */
function kept({ checkpoint = [] }: VerifyAsked): readonly KeptCheckpoint[] {
  return checkpoint.map((file) => ({ name: file, note: tidyNote(readFileSync(file, 'utf8')) }));
}
