import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { PrunedBundle } from './entry-parts.js';
import { wholeNumber } from './entry-values.js';
import { PRUNING_LOCK } from './log-locks.js';

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
  /** That lost some, by their numbers. */
  readonly bundles: readonly PrunedBundle[];
}

/** Until the transaction ends nobody else prunes, so that who looks at what has no parts finds it as the last `log.pruned` says. To be taken before anything is read. */
export async function lockPruning(tx: RecordsTx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [PRUNING_LOCK]);
}

/**
 * Takes a page of the log's parts, in order of arrival, and deletes those that are over, with their salts. Leaves and places in the
 * tree stay. The database sees to it that nothing of an intake that is still there goes, nothing that has no place in the tree yet, nothing
 * that rules and custody follow from, and, by its own clock, nothing before its least age.
 */
export async function prunePage(tx: RecordsTx, after: number, ages: PartAges, spared: SparedParts): Promise<PrunedPage> {
  await lockPruning(tx);
  const rows = await tx.query<{ last_id: number | null; bundle: number | null; pruned: number | null; changed: number | null; before: Buffer | null }>(
    'SELECT last_id, bundle::float8 AS bundle, pruned, changed, before FROM prune_log_page($1, $2, $3, $4::uuid[], $5::uuid[])',
    [after, ages.entriesBefore, ages.certificatesBefore, spared.sites, spared.intakes],
  );
  // Beyond what the log ever numbers somebody else put them.
  const touched = rows.filter(({ bundle }) => wholeNumber(bundle));
  const places = await prunedPlaces(tx, touched.map(({ bundle }) => bundle!));
  return {
    last: rows[0]!.last_id ?? undefined,
    pruned: rows.reduce((sum, { pruned }) => sum + (pruned ?? 0), 0),
    bundles: touched.map(({ bundle, before, changed }) => ({
      number: bundle!,
      ...(before ? { before: before.toString('hex') } : {}),
      after: places.get(bundle!)!,
      ...(changed ? { changed } : {}),
    })),
  };
}

/** What entries of these bundles that have no parts are filed under: a digest, in hex, of each that has some. */
export async function prunedPlaces(tx: RecordsTx, bundles: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const rows = await tx.query<{ bundle: number; places: Buffer | null }>('SELECT bundle, pruned_places(bundle) AS places FROM unnest($1::bigint[]) bundle', [bundles]);
  return new Map(rows.flatMap(({ bundle, places }): [number, string][] => (places ? [[bundle, places.toString('hex')]] : [])));
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
