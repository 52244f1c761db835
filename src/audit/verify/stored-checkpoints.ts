import type { RecordsTx } from '../../platform/records-tx.js';
import { filled } from '../longest-cells.js';
import { nearestNumber } from './nearest-number.js';

export interface CheckpointRow {
  readonly origin: string;
  readonly size: number;
  readonly note: string;
}

const OF_NO_NAME = 'OR NOT EXISTS (SELECT FROM log_origin o WHERE o.origin = c.origin)';

/** By the name of each log: the primary key finds them by it. With the first those of no size, which an order by size takes for the newest. @param to `all`: with those of no name that the log has, which somebody put there */
export function checkpointsIn(tx: RecordsTx, from: number, to: number | 'all'): Promise<CheckpointRow[]> {
  return tx.query<CheckpointRow>(
    `SELECT ${filled('origin', 'signed')} AS origin, coalesce(${nearestNumber('size')}, -1) AS size, ${filled('note', 'signed')} AS note FROM log_checkpoint c
     WHERE origin IN (SELECT origin FROM log_origin) AND (c.size > $1 AND c.size <= $2 OR (c.size < 0 OR c.size IS NULL) AND $1 = 0::bigint)
       ${to === 'all' ? OF_NO_NAME : ''} ORDER BY c.size`,
    [from, to === 'all' ? 2n ** 63n - 1n : to],
  );
}
