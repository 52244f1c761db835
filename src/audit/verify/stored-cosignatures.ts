import { setImmediate as turn } from 'node:timers/promises';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { SpannedKey } from '../export/follow-keys.js';
import { bounded } from '../longest-cells.js';
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
const ROWS = `
  SELECT s.origin, s.size::text AS place, ${nearestNumber('s.size')} AS size, s.vkey, ${bounded('s.line', 'signed')} AS line, ${bounded('c.note', 'signed')} AS note,
    CASE WHEN isfinite(s.cosigned_at) THEN s.cosigned_at END AS at
  FROM log_cosignature s LEFT JOIN log_checkpoint c ON c.origin = s.origin AND c.size = s.size
  WHERE $1::text IS NULL OR (s.origin, s.size, s.vkey) > ($1, $2::bigint, $3) ORDER BY s.origin, s.size, s.vkey LIMIT ${AT_ONCE}`;

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
}

function isGood({ origin, size }: CosignatureRow, note: string, keys: readonly SpannedKey[]): boolean {
  const opened = openSigned(note, keys);
  return typeof opened !== 'string' && opened.origin === origin && opened.size === size;
}

function look({ origin, size, vkey, line, at, note }: CosignatureRow, cosigners: Cosigners): readonly Finding[] {
  const key = parseCosignerKey(vkey);
  const signed = key && keptCosignature({ origin, size, line, note: note ?? '' }, key);
  if (!signed || signed.getTime() !== at?.getTime()) return [{ kind: 'bad-signature', size, name: `${origin} ${size}`, witness: key?.name ?? vkey.slice(0, 100) }];
  cosigners.saw(key, size, signed);
  return [];
}
