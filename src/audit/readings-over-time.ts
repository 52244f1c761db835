import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { READINGS } from './entry.js';
import { actsBetween } from './findings/acts-between.js';
import type { Span } from './findings/finding.js';

export type ReadingsBy = 'purpose' | 'member';

export interface ReadingsOn {
  readonly day: Day;
  /** A purpose, or a member's id. */
  readonly of: string;
  readonly readings: number;
}

/** How often answers of clients were shown at a site, by day of its clocks and by purpose or member; days without any are left out. */
export async function readingsOverTime(tx: RecordsTx, { from, before }: Span, timeZone: string, by: ReadingsBy): Promise<readonly ReadingsOn[]> {
  const acts = actsBetween(READINGS);
  return tx.query<ReadingsOn>(
    `SELECT (at AT TIME ZONE $3)::date AS day, ${by === 'member' ? 'member::text' : 'purpose'} AS of, count(*)::int AS readings
     FROM (${acts}) AS act GROUP BY 1, 2 ORDER BY 1, 2`,
    [from, before, timeZone],
  );
}
