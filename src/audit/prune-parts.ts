import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';

/** Before which instants parts are over: those of most entries, and those that certificates of destruction rest on. */
export interface PartAges {
  readonly entriesBefore: Date;
  readonly certificatesBefore: Date;
}

/** Whose entries a legal hold keeps. */
export interface SparedParts {
  readonly sites: readonly string[];
  readonly intakes: readonly string[];
}

export interface PrunedPage {
  /** Where to go on; undefined when everything from there on is younger. */
  readonly last: number | undefined;
  readonly pruned: number;
}

/**
 * Takes a page of the log's parts, in order of arrival, and deletes those that are over, with their salts. Leaves and places in the
 * tree stay. The database sees to it that nothing of an intake that is still there goes, nothing that has no place in the tree yet, nothing
 * that rules and custody follow from, and, by its own clock, nothing before its least age.
 */
export async function prunePage(tx: RecordsTx, after: number, ages: PartAges, spared: SparedParts): Promise<PrunedPage> {
  const [row] = await tx.query<{ last_id: number | null; pruned: number }>('SELECT last_id, pruned FROM prune_log_parts($1, $2, $3, $4::uuid[], $5::uuid[])', [
    after, ages.entriesBefore, ages.certificatesBefore, spared.sites, spared.intakes,
  ]);
  return { last: row!.last_id ?? undefined, pruned: row!.pruned };
}

/** Less room than this share of the table is left to the entries that come. */
const WORTH_MOVING = 0.1;
const PAGES_AT_ONCE = 200;

/**
 * Gives the room of pruned parts back: to new entries, and, where it is much, to the disk. Nobody waits for it longer than for one short
 * transaction.
 * @param pruned parts since it was last done
 */
export async function giveRoomBack(records: RecordsDatabase, pruned: number): Promise<void> {
  if (pruned === 0) return;
  await records.query('VACUUM (ANALYZE) log_part, log_filter');
  const [table] = await records.query<{ pages: number; parts: number }>(
    `SELECT (pg_relation_size('log_part') / current_setting('block_size')::integer)::integer AS pages, greatest(reltuples, 0)::integer AS parts FROM pg_class WHERE oid = 'log_part'::regclass`,
  );
  const { pages, parts } = table!;
  if (pruned < WORTH_MOVING * (parts + pruned)) return;
  const needed = Math.ceil((pages * parts) / (parts + pruned));
  for (let from = needed; from < pages; from += PAGES_AT_ONCE) {
    await records.acrossSites((tx) => tx.query('SELECT compact_log_parts($1, $2)', [from, Math.min(from + PAGES_AT_ONCE, pages)]));
  }
  await records.query('VACUUM log_part');
}
