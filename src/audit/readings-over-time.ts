import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { READINGS } from './entry.js';
import { actsBetween } from './findings/acts-between.js';
import type { Span } from './findings/finding.js';
import { dayNumber } from './findings/site-clocks.js';
import { bounded } from './longest-cells.js';

export type ReadingsBy = 'purpose' | 'member';

export interface ReadingsOn {
  readonly day: Day;
  /** A purpose, or a member's id; `–` where somebody at the database took the purpose away. */
  readonly of: string;
  readonly readings: number;
}

/** How often answers of clients were shown at a site, by day of its clocks and by purpose or member; days without any are left out. */
export async function readingsOverTime(tx: RecordsTx, { from, before }: Span, timeZone: string, by: ReadingsBy): Promise<readonly ReadingsOn[]> {
  const number = dayNumber({ from: '$1::timestamptz', before: '$2::timestamptz', timeZone: '$3' });
  return tx.query<ReadingsOn>(
    `SELECT ($1::timestamptz AT TIME ZONE $3)::date + number - 1 AS day, coalesce(${bounded('of::text', 'word')}, '–') AS of, readings FROM (
       SELECT ${number} AS number, ${by} AS of, count(*)::int AS readings FROM (${actsBetween(READINGS)}) AS act GROUP BY 1, 2) AS counted ORDER BY 1, 2`,
    [from, before, timeZone],
  );
}
