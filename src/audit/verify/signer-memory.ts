import { setTimeout as pause } from 'node:timers/promises';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { SpannedKey } from '../export/follow-keys.js';
import { LogFault } from '../log-fault.js';
import { bounded } from '../longest-cells.js';
import { recordedIn } from '../recorded.js';
import type { SignerState, SignerStateFile } from '../signer-state.js';
import type { Finding } from './finding.js';
import { nearestNumber } from './nearest-number.js';
import { openSigned } from './open-signed.js';

/** The log as the database names it now, and its newest checkpoint, if it is a good one. */
interface NewestSigned {
  readonly origin: string;
  readonly size: number;
}

/** Empty notes where nothing was signed. */
const NEWEST = `
  SELECT ${bounded('o.origin', 'signed')} AS origin, coalesce(${nearestNumber('c.size')}, 0) AS size, coalesce(${bounded('c.note', 'signed')}, '') AS note
  FROM log_origin o LEFT JOIN LATERAL (SELECT size, note FROM log_checkpoint WHERE origin = o.origin ORDER BY size DESC LIMIT 1) c ON true
  ORDER BY o.number DESC LIMIT 1`;

/** The signer writes its file first, and the row a moment later. */
export function isPublished(records: RecordsDatabase, { origin, signed }: SignerState): Promise<boolean> {
  return soon(async () => (await records.acrossSites((tx) => tx.query('SELECT FROM log_checkpoint WHERE origin = $1 AND size = $2', [origin, signed.size]))).length > 0);
}

/** Kinds of what is found in rows that the signer has recorded. */
const NAMES_WHAT_IS_RECORDED: ReadonlySet<Finding['kind']> = new Set(['checkpoint-missing', 'checkpoint-misplaced', 'checkpoint-malformed', 'bad-signature', 'wrong-key', 'key-missing']);

/**
 * Are the log's names, keys and checkpoints in the database, up to the one that was signed last, those that the signer has recorded there?
 * @param found so far: of what is named there already nothing is said once more. @param outside what other findings are about: no row of theirs
 */
export async function unlikeRecorded(records: RecordsDatabase, { origin, signed, recorded }: SignerState, found: readonly Finding[], outside: readonly string[]): Promise<readonly Finding[]> {
  if (!recorded) return [];
  const names = await namesIn(records);
  if (names > MOST_NAMES) return [{ kind: 'recorded-differs' }];
  const stored = await records.acrossSites((tx) => recordedIn(tx, { origin, size: signed.size }));
  // Of a log that has another name `forgottenBySigner` tells.
  if (!stored) return (await soon(async () => (await namesIn(records)) > 0)) ? [] : [{ kind: 'recorded-differs' }];
  if (stored.digest === recorded.digest) return [];
  const named = found.filter(({ kind, name, witness }) => NAMES_WHAT_IS_RECORDED.has(kind) && witness === undefined && !(name !== undefined && outside.includes(name)));
  const count = recorded.checkpoints - stored.checkpoints;
  if (count > named.filter(({ kind }) => kind === 'checkpoint-missing').length) return [{ kind: 'checkpoints-missing', count }];
  return named.length > 0 ? [] : [{ kind: 'recorded-differs' }];
}

/** A log has another one after each restore. Who adds very many keeps no verification from its end. */
const MOST_NAMES = 1_000;

async function namesIn(records: RecordsDatabase): Promise<number> {
  return (await records.acrossSites((tx) => tx.query(`SELECT FROM log_origin LIMIT ${MOST_NAMES + 1}`))).length;
}

/**
 * What the signer should remember and does not: its file is gone, or an older one stands in its place. The file is written before the
 * row, so that, read after it, it is never behind it, whatever is signed meanwhile. A log that is started anew has its name in the file a moment before the database does.
 * A file that cannot be read is not looked at here.
 */
export async function forgottenBySigner(records: RecordsDatabase, signer: SignerStateFile, keys: readonly SpannedKey[]): Promise<Finding | undefined> {
  let forgotten: NewestSigned | undefined;
  const isRemembered = await soon(async () => {
    forgotten = await newestSigned(records, keys);
    return !forgotten || remembers(signer, forgotten);
  });
  if (isRemembered) return undefined;
  const { origin, size } = forgotten!;
  return { kind: 'state-differs', size, name: size === 0 ? origin : `${origin} ${size}` };
}

/** @returns undefined before the log has a name */
async function newestSigned(records: RecordsDatabase, keys: readonly SpannedKey[]): Promise<NewestSigned | undefined> {
  const [row] = await records.acrossSites((tx) => tx.query<NewestSigned & { readonly note: string }>(NEWEST));
  if (!row) return undefined;
  const { origin, size, note } = row;
  const opened = openSigned(note, keys);
  return { origin, size: typeof opened !== 'string' && opened.origin === origin && opened.size === size ? size : 0 };
}

function remembers(signer: SignerStateFile, { origin, size }: NewestSigned): boolean {
  try {
    const state = signer.read();
    return state?.origin === origin && state.signed.size >= size;
  } catch (error) {
    if (!(error instanceof LogFault)) throw error;
    return true;
  }
}

/** For as long as of two things that are written one after the other the second can be on its way. */
async function soon(isSo: () => Promise<boolean>): Promise<boolean> {
  for (let waited = 0; waited < 3; waited++) {
    if (await isSo()) return true;
    await pause(500);
  }
  return isSo();
}
