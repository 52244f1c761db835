import type { RecordsTx } from '../platform/records-tx.js';
import { READINGS } from './entry.js';
import { conditionOf, LISTED, type EntryFilter } from './entry-filter.js';
import type { Context } from './entry-parts.js';
import { bounded } from './longest-cells.js';

/** What the entries that fit a filter come to. */
export interface EntrySummary {
  readonly entries: number;
  /** Entries by which answers of clients were shown. */
  readonly readings: number;
  /** Of the readings; absent when there are none. */
  readonly first?: Date;
  readonly last?: Date;
  /** Intakes that were read, each alone: a list of fifty is not fifty. */
  readonly intakes: number;
  /** Readings by whom and for what, most first. Pruned ones name nobody. */
  readonly members: readonly { readonly member: string; readonly readings: number }[];
  readonly purposes: readonly { readonly purpose: NonNullable<Context['purpose']>; readonly readings: number }[];
}

interface Row {
  readonly by: 'all' | 'member' | 'purpose';
  readonly member: string | null;
  readonly purpose: NonNullable<Context['purpose']> | null;
  readonly entries: number;
  readonly readings: number;
  readonly intakes: number;
  readonly first: Date | null;
  readonly last: Date | null;
}

/** Counted by the database, so that nothing depends on how many there are but the time it takes. */
export async function summariseEntries(tx: RecordsTx, filter: EntryFilter): Promise<EntrySummary> {
  const { sql, parameters } = await conditionOf(tx, filter, 1);
  const rows = await tx.query<Row>(
    `SELECT CASE WHEN grouping(member) = 0 THEN 'member' WHEN grouping(purpose) = 0 THEN 'purpose' ELSE 'all' END AS by, member, ${bounded('purpose', 'word')} AS purpose,
       count(*)::int AS entries, count(*) FILTER (WHERE reading)::int AS readings, (count(DISTINCT intake_id) FILTER (WHERE reading))::int AS intakes,
       min(at) FILTER (WHERE reading) AS first, max(at) FILTER (WHERE reading) AS last
     FROM (SELECT f.at, f.intake_id, f.member, f.purpose, f.kind = ANY ($1::text[]) AS reading FROM ${LISTED} WHERE ${sql}) AS found
     GROUP BY GROUPING SETS ((), (member), (purpose)) ORDER BY readings DESC, member, purpose`,
    [READINGS, ...parameters],
  );
  const all = rows.find(({ by }) => by === 'all')!;
  return {
    ...{ entries: all.entries, readings: all.readings, intakes: all.intakes },
    ...(all.first && all.last ? { first: all.first, last: all.last } : {}),
    members: rows.flatMap(({ by, member, readings }) => (by === 'member' && member !== null && readings > 0 ? [{ member, readings }] : [])),
    purposes: rows.flatMap(({ by, purpose, readings }) => (by === 'purpose' && purpose !== null && readings > 0 ? [{ purpose, readings }] : [])),
  };
}
