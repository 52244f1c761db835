import type { RecordsTx } from '../../platform/records-tx.js';
import { bounded } from '../longest-cells.js';
import { frontierFrom, rootOf } from '../merkle.js';
import { nearestNumber } from './nearest-number.js';
import type { NamedRoot } from './roots-met.js';
import { PAGE } from './stored-pages.js';

/** How long the log is, as its database says at one moment. */
export interface Stored {
  readonly head: number | null;
  /** The log has one. */
  readonly heads: number;
  readonly frontier: Buffer | null;
  /** One more than the last index that has a row. */
  readonly last: number;
  /** Rows at the places that so many rows would have. */
  readonly count: number;
}

export interface Extent extends Stored {
  /** How far the log is gone through: `last`, save where a row stands farther out than anything else says that the log goes. */
  readonly rows: number;
}

const STORED = `
  SELECT ${nearestNumber('h.size')} AS head, ${bounded('h.frontier', 'frontier')} AS frontier, i.last, i.count, (SELECT count(*) FROM log_head) AS heads
  FROM (SELECT least(coalesce(max(index), -1), ${Number.MAX_SAFE_INTEGER - 1}) + 1 AS last,
          (SELECT count(*) FROM log_index WHERE index >= 0 AND index < (SELECT count(*) FROM log_index)) AS count FROM log_index) i LEFT JOIN log_head h ON true LIMIT 1`;

export async function storedExtent(tx: RecordsTx): Promise<Stored> {
  const [row] = await tx.query<Stored>(STORED);
  return row!;
}

/** Have all places been taken since, from one up to another? */
export async function isGrown(tx: RecordsTx, from: number, to: number): Promise<boolean> {
  const [row] = await tx.query<{ taken: number }>('SELECT count(*) AS taken FROM log_index WHERE index >= $1 AND index < $2', [from, to]);
  return row!.taken === to - from;
}

/**
 * A head is believed up to twice of what there is otherwise, and a page: that is what may have been removed. One that says more would send the verification through places that never were.
 * @param known how many entries there have been, by what is kept outside the database
 */
export function extentOf(stored: Stored, known: number): Extent {
  const sure = Math.max(stored.count, known);
  const head = stored.head !== null && stored.head <= 2 * sure + PAGE ? stored.head : 0;
  return { ...stored, rows: Math.min(stored.last, Math.max(sure, head)) };
}

/** What the head says of the tree; undefined where it is none. */
export function headRoot({ head, frontier }: Extent): NamedRoot | undefined {
  if (head === null || frontier === null) return undefined;
  try {
    return { size: head, root: rootOf(frontierFrom(head, frontier)), by: 'head', name: 'head' };
  } catch {
    return undefined;
  }
}
