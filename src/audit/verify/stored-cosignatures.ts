import { setImmediate as turn } from 'node:timers/promises';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { SpannedKey } from '../export/follow-keys.js';
import { bounded, filled, MOST_OF } from '../longest-cells.js';
import { parseCosignerKey } from '../verifier-key.js';
import { keptCosignature } from '../witness/cosignature.js';
import type { Cosigners } from './cosigners.js';
import type { Finding, Findings } from './finding.js';
import { nearestNumber } from './nearest-number.js';
import { openSigned } from './open-signed.js';

interface CosignatureRow {
  readonly origin: string;
  readonly size: number;
  /** The size to the digit: where the next rows begin. */
  readonly place: string;
  readonly vkey: string;
  readonly line: string;
  readonly at: Date | null;
  readonly note: string | null;
}

const AT_ONCE = 1_000;
/** Rows, of some signatures each, between two looks at what else waits. */
const TURN_AFTER = 16;
const MOST_NAMED = 100;
/** SQL: that a row has a place in the order of rows, and is none that nothing has room for: only the table's owner can have put one there that has not. */
const HAS_PLACE = `s.origin IS NOT NULL AND s.size IS NOT NULL AND s.vkey IS NOT NULL AND octet_length(s.origin) <= ${MOST_OF.signed} AND octet_length(s.vkey) <= ${MOST_OF.signed}`;
const ROWS = `
  SELECT s.origin, s.size::text AS place, ${nearestNumber('s.size')} AS size, s.vkey, ${bounded('s.line', 'signed')} AS line, ${bounded('c.note', 'signed')} AS note,
    CASE WHEN isfinite(s.cosigned_at) AND s.cosigned_at = date_trunc('second', s.cosigned_at) THEN s.cosigned_at END AS at
  FROM log_cosignature s LEFT JOIN log_checkpoint c ON c.origin = s.origin AND c.size = s.size
  WHERE ${HAS_PLACE} AND ($1::text IS NULL OR (s.origin, s.size, s.vkey) > ($1, $2::bigint, $3)) ORDER BY s.origin, s.size, s.vkey LIMIT ${AT_ONCE}`;

const WITHOUT_PLACE = `
  SELECT ${filled('s.origin', 'signed')} AS origin, coalesce(${nearestNumber('s.size')}, 0) AS size, ${filled('s.vkey', 'signed')} AS vkey FROM log_cosignature s
  WHERE (${HAS_PLACE}) IS NOT TRUE LIMIT ${MOST_NAMED}`;

/**
 * Holds each stored cosignature to the witness's key that it is stored under, whoever is asked now: none is kept that did not verify. Of a checkpoint that is not good
 * itself nothing is said here.
 */
export async function verifyCosignatures(records: RecordsDatabase, keys: readonly SpannedKey[], cosigners: Cosigners, findings: Findings): Promise<void> {
  let last: CosignatureRow | undefined;
  do {
    const from = [last?.origin ?? null, last?.place ?? null, last?.vkey ?? null];
    const rows: readonly CosignatureRow[] = await records.acrossSites((tx) => tx.query<CosignatureRow>(ROWS, from));
    for (const [at, row] of rows.entries()) {
      if (row.note === null || isGood(row, row.note, keys)) findings.add(...look(row, cosigners));
      if ((at + 1) % TURN_AFTER === 0) await turn();
    }
    last = rows.length < AT_ONCE ? undefined : rows.at(-1);
  } while (last);
  const without = await records.acrossSites((tx) => tx.query<Pick<CosignatureRow, 'origin' | 'size' | 'vkey'>>(WITHOUT_PLACE));
  findings.add(...without.map(wrong));
}

function isGood({ origin, size }: CosignatureRow, note: string, keys: readonly SpannedKey[]): boolean {
  const opened = openSigned(note, keys);
  return typeof opened !== 'string' && opened.origin === origin && opened.size === size;
}

function look({ origin, size, vkey, line, at, note }: CosignatureRow, cosigners: Cosigners): readonly Finding[] {
  const key = parseCosignerKey(vkey);
  const signed = key && keptCosignature({ origin, size, line, note: note ?? '' }, key);
  if (!signed || signed.getTime() !== at?.getTime()) return [wrong({ origin, size, vkey })];
  cosigners.saw(key, size, signed);
  return [];
}

function wrong({ origin, size, vkey }: Pick<CosignatureRow, 'origin' | 'size' | 'vkey'>): Finding {
  return { kind: 'bad-signature', size, name: `${origin} ${size}`, witness: parseCosignerKey(vkey)?.name ?? vkey.slice(0, 100) };
}
