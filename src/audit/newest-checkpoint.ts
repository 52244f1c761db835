import type { RecordsTx } from '../platform/records-tx.js';
import { bounded } from './longest-cells.js';
import { parseCosignerKey } from './verifier-key.js';
import { nearestNumber } from './verify/nearest-number.js';
import { keptCosignature } from './witness/cosignature.js';

/** So many back the newest good cosignature is looked for. */
const MOST_LOOKED_AT = 100;

interface Row {
  readonly origin: string;
  readonly size: number;
  readonly note: string;
  readonly cosigned: readonly { readonly vkey: string; readonly line: string }[];
}

/**
 * The newest checkpoint of the log as it is named now, with the cosignatures of witnesses that it has; undefined before the first.
 * Empty where the stored one is longer than any. A stored cosignature that does not verify is left out, since one bad line would make the whole note unreadable.
 * @param which `cosigned`: the newest that has any, since the very newest is a moment old and mostly has none yet
 */
export async function newestCheckpoint(tx: RecordsTx, which: 'any' | 'cosigned' = 'any'): Promise<string | undefined> {
  const rows = await tx.query<Row>(
    `SELECT ${bounded('c.origin', 'signed')} AS origin, ${nearestNumber('c.size')} AS size, ${bounded('c.note', 'signed')} AS note,
       coalesce((SELECT json_agg(json_build_object('vkey', ${bounded('s.vkey', 'signed')}, 'line', ${bounded('s.line', 'signed')}) ORDER BY s.vkey) FROM log_cosignature s WHERE s.origin = c.origin AND s.size = c.size), '[]') AS cosigned
     FROM log_checkpoint c
     WHERE c.origin = (SELECT origin FROM log_origin ORDER BY number DESC LIMIT 1)
       AND ($1 = 'any' OR EXISTS (SELECT FROM log_cosignature s WHERE s.origin = c.origin AND s.size = c.size))
     ORDER BY c.size DESC LIMIT CASE WHEN $1 = 'any' THEN 1 ELSE ${MOST_LOOKED_AT} END`,
    [which],
  );
  for (const row of rows) {
    const lines = goodLines(row);
    // A signed note ends with its signatures, a line each: C2SP signed-note.
    if (which === 'any' || lines.length > 0) return [row.note, ...lines].join('');
  }
  return undefined;
}

function goodLines({ cosigned, ...checkpoint }: Row): readonly string[] {
  return cosigned.flatMap(({ vkey, line }) => {
    const key = parseCosignerKey(vkey);
    return key && keptCosignature({ ...checkpoint, line }, key) ? [line] : [];
  });
}
