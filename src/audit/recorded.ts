import { hash } from 'node:crypto';
import type { RecordsTx } from '../platform/records-tx.js';
import { canonicalJson } from './canonical-json.js';
import { filled, NAMED_KEY } from './longest-cells.js';
import { nearestNumber } from './verify/nearest-number.js';

/** What the signer has put into the database, one thing after another: the log's names, its keys and its checkpoints, with their times. */
export interface Recorded {
  readonly checkpoints: number;
  /** In hexadecimal: of the digest before, and the row. Empty before the first. */
  readonly digest: string;
  /** When the newest of it was recorded. */
  readonly at: Date;
}

/** `at` is the time since 1970 in microseconds, in digits. */
export type RecordedRow = { readonly origin: string; readonly at: string } & (
  | { readonly kind: 'name'; readonly vkey: string }
  | { readonly kind: 'key'; readonly vkey: string; readonly from: number }
  | { readonly kind: 'checkpoint'; readonly size: number; readonly note: string }
);

/** How far a log is signed under one of its names. */
export interface SignedUpTo {
  readonly origin: string;
  readonly size: number;
}

/** Without the time, which only who recorded it last knows. */
export type RecordedRows = Omit<Recorded, 'at'>;

type Name = Extract<RecordedRow, { readonly kind: 'name' }>;
type Key = Extract<RecordedRow, { readonly kind: 'key' }>;
type Checkpoint = Extract<RecordedRow, { readonly kind: 'checkpoint' }>;

export const NOTHING_RECORDED: RecordedRows = { checkpoints: 0, digest: '' };

/** Format: docs/formats.md, "Log tree, checkpoint, signer's memory". */
export function withRow({ checkpoints, digest }: RecordedRows, row: RecordedRow): RecordedRows {
  return { checkpoints: checkpoints + (row.kind === 'checkpoint' ? 1 : 0), digest: hash('sha256', `${digest}${canonicalJson(row)}`, 'hex') };
}

/**
 * The same of what the database has, up to some checkpoint. Of names, keys and checkpoints that somebody has changed another digest comes out.
 * @returns undefined when it does not have the name
 */
export async function recordedIn(tx: RecordsTx, { origin, size }: SignedUpTo): Promise<RecordedRows | undefined> {
  const names = await tx.query<Name>(`SELECT 'name' AS kind, ${NAMED_KEY}, ${inMicroseconds('started_at')} AS at FROM log_origin ORDER BY number`);
  const last = names.findLastIndex((name) => name.origin === origin);
  if (last < 0) return undefined;
  let recorded = NOTHING_RECORDED;
  for (const [place, name] of names.slice(0, last + 1).entries()) {
    recorded = await signedUnder(tx, name, place === last ? size : Number.MAX_SAFE_INTEGER, withRow(recorded, name));
  }
  return recorded;
}

const PAGE = 1_000;

/** A key comes after the checkpoint that it signed together with the one before it. One that is put down for later, and has none, is none that was recorded. */
async function signedUnder(tx: RecordsTx, { origin }: RecordedRow, upTo: number, before: RecordedRows): Promise<RecordedRows> {
  const keys = await tx.query<Key>(
    `SELECT 'key' AS kind, ${NAMED_KEY}, coalesce(${nearestNumber('from_size')}, -1) AS "from", ${inMicroseconds('started_at')} AS at FROM log_key k
     WHERE origin = $1 AND (from_size <= $2 OR NOT EXISTS (SELECT FROM log_checkpoint c WHERE c.origin = k.origin AND c.size = k.from_size)) ORDER BY number`,
    [origin, upTo],
  );
  let recorded = before;
  let next = 0;
  const takeKeys = (before: number): void => {
    for (; next < keys.length && keys[next]!.from < before; next++) recorded = withRow(recorded, keys[next]!);
  };
  takeKeys(1);
  let page: readonly Checkpoint[];
  let after = -Number.MAX_SAFE_INTEGER;
  do {
    page = await tx.query<Checkpoint>(CHECKPOINTS, [origin, after, upTo]);
    for (const checkpoint of page) {
      takeKeys(checkpoint.size);
      recorded = withRow(recorded, checkpoint);
    }
    after = page.at(-1)?.size ?? upTo;
  } while (page.length === PAGE);
  takeKeys(Infinity);
  return recorded;
}

const CHECKPOINTS = `
  SELECT 'checkpoint' AS kind, ${filled('origin', 'signed')} AS origin, ${nearestNumber('size')} AS size, ${filled('note', 'signed')} AS note, ${inMicroseconds('signed_at')} AS at
  FROM log_checkpoint c WHERE origin = $1 AND c.size > $2 AND c.size <= $3 ORDER BY c.size LIMIT ${PAGE}`;

/** SQL: since 1970, as a whole number in digits. Whoever is at the database may have made it infinite, or taken it away. */
function inMicroseconds(column: string): string {
  return `coalesce(trunc(extract(epoch FROM ${column}) * 1000000)::text, '')`;
}

export function microseconds(date: Date): string {
  return `${date.getTime()}000`;
}
