import type { RecordsTx } from '../platform/records-tx.js';

/**
 * The newest checkpoint of the log as it is named now, with the cosignatures of witnesses that it has; undefined before the first.
 * @param which `cosigned`: the newest that has any, since the very newest is a moment old and mostly has none yet
 */
export async function newestCheckpoint(tx: RecordsTx, which: 'any' | 'cosigned' = 'any'): Promise<string | undefined> {
  const [row] = await tx.query<{ note: string; lines: readonly string[] }>(
    `SELECT c.note, ARRAY(SELECT s.line FROM log_cosignature s WHERE s.origin = c.origin AND s.size = c.size ORDER BY s.vkey) AS lines
     FROM log_checkpoint c
     WHERE c.origin = (SELECT origin FROM log_origin ORDER BY number DESC LIMIT 1)
       AND ($1 = 'any' OR EXISTS (SELECT FROM log_cosignature s WHERE s.origin = c.origin AND s.size = c.size))
     ORDER BY c.size DESC LIMIT 1`,
    [which],
  );
  // A signed note ends with its signatures, a line each: C2SP signed-note.
  return row && [row.note, ...row.lines].join('');
}
