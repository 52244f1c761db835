import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordsDatabase } from '../platform/records-database.js';

/** Less than this share of the table, or than so many pages, is left to the entries that come. */
const WORTH_MOVING = 0.1;
const FEWEST_PAGES = 100;
const PAGES_AT_ONCE = 200;
const SAMPLED_PAGES = 1_000;
/** Transactions that began before the pruning still see what it deleted: their room is free when they have ended. */
const WAITS_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000];

/**
 * Gives the room of pruned parts back: to new entries, and, where it is much, to the disk. Nobody waits for it longer than for one short
 * transaction. What an old transaction keeps for longer than half a minute goes back after the next pruning.
 */
export async function giveRoomBack(records: RecordsDatabase): Promise<void> {
  for (const wait of WAITS_MS) {
    await records.query('VACUUM (ANALYZE) log_part, log_filter');
    const { pages, needed, seenByOthers } = await extentOfParts(records);
    if (pages - needed < Math.max(FEWEST_PAGES, WORTH_MOVING * pages)) return;
    if (seenByOthers) await sleep(wait);
    else await moveToFront(records, needed, pages);
  }
}

interface Extent {
  readonly pages: number;
  /** Of full pages. */
  readonly needed: number;
  /** Much of what is deleted is still there for a transaction that began before. */
  readonly seenByOthers: boolean;
}

const COLUMNS = ['entry_id', 'site_id', 'actor', 'actor_salt', 'subject', 'subject_salt', 'context', 'context_salt'];
/** As PostgreSQL lays rows out: a pointer and a header to each, in steps of eight bytes; what is long stands elsewhere. */
const ROW_BYTES = `ceil((24 + least(${COLUMNS.map((column) => `coalesce(pg_column_size(${column}), 0)`).join(' + ')}, 2000)) / 8.0) * 8 + 4`;

/** Just after ANALYZE. */
async function extentOfParts(records: RecordsDatabase): Promise<Extent> {
  const [table] = await records.acrossSites((tx) =>
    tx.query<{ pages: number; page_bytes: number; parts: number; dead: number; row_bytes: number | null }>(
      `WITH file AS (
         SELECT current_setting('block_size')::integer AS page_bytes, (pg_relation_size(oid) / current_setting('block_size')::integer)::integer AS pages,
           greatest(reltuples, 0)::float8 AS parts, pg_stat_get_dead_tuples(oid)::float8 AS dead FROM pg_class WHERE oid = 'log_part'::regclass)
       SELECT *, (SELECT avg(${ROW_BYTES})::float8 FROM log_part TABLESAMPLE SYSTEM (least(100, 100.0 * ${SAMPLED_PAGES} / greatest((SELECT pages FROM file), 1)))) AS row_bytes FROM file`,
    ),
  );
  const { pages, page_bytes, parts, dead, row_bytes } = table!;
  // The last row that a page has no room for leaves, as a rule, half of its length free.
  const rowsPerPage = row_bytes ? Math.max(1, page_bytes / row_bytes - 0.5) : 1;
  return { pages, needed: Math.ceil(parts / rowsPerPage), seenByOthers: dead > WORTH_MOVING * (parts + dead) };
}

/** Rows behind the pages that they all have room in move there, so that VACUUM can cut the end of the file off. */
async function moveToFront(records: RecordsDatabase, needed: number, pages: number): Promise<void> {
  for (let from = needed; from < pages; from += PAGES_AT_ONCE) {
    await records.acrossSites((tx) => tx.query('SELECT compact_log_parts($1, $2)', [from, Math.min(from + PAGES_AT_ONCE, pages)]));
  }
}
