import type { RecordsTx } from '../platform/records-tx.js';
import type { PrunedBundle } from './entry-parts.js';
import { wholeNumber } from './entry-values.js';
import { PRUNING_LOCK } from './log-locks.js';
import { ROW_BY_ROW } from './row-by-row.js';

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
  const rows = await tx.query<{ last_id: number | null; bundle: number | null; pruned: number | null; changed: number | null; whole: readonly number[] | null }>(
    `SELECT CASE WHEN last_id <= ${Number.MAX_SAFE_INTEGER} THEN last_id END AS last_id, bundle::float8 AS bundle, pruned, changed, whole::float8[] AS whole
     FROM prune_log_page($1, $2, $3, $4::uuid[], $5::uuid[])`,
    [after, ages.entriesBefore, ages.certificatesBefore, spared.sites, spared.intakes],
  );
  // Beyond what the log ever numbers somebody else put them.
  const touched = rows.filter(({ bundle }) => wholeNumber(bundle));
  const places = await prunedPlaces(tx, touched.map(({ bundle }) => bundle!), rows.flatMap(({ whole }) => whole ?? []).filter(wholeNumber));
  return {
    last: rows[0]!.last_id ?? undefined,
    pruned: rows.reduce((sum, { pruned }) => sum + (pruned ?? 0), 0),
    bundles: touched.flatMap(({ bundle, changed }) => {
      const there = places.get(bundle!);
      return there ? [{ number: bundle!, ...there, ...(changed ? { changed } : {}) }] : [];
    }),
  };
}

/** What those of a bundle without all their parts are filed under: digests, in hex. */
export interface PlacesOfBundle {
  readonly after: string;
  /** Without those that had all of them before; absent where these are all. */
  readonly before?: string;
}

const LINE = `i.index || ' ' || coalesce(e.site_id::text, '') || ' ' || coalesce(e.intake_id::text, '') || E'\\n'`;
const digestOf = (filter: string): string => `sha256(convert_to(string_agg(line, '' ORDER BY index)${filter}, 'UTF8'))`;
const IS_WHOLE = 'num_nulls(p.actor, p.actor_salt, p.subject, p.subject_salt, p.context, p.context_salt) = 0';
/** A statement ends after two minutes, and somebody may have changed something in each bundle of a large log. */
const BUNDLES_AT_ONCE = 1_000;
/** By the rows themselves: a function of the database's could be another one than ours. */
const PLACES = `
  SELECT bundle, ${digestOf('')} AS after, ${digestOf(' FILTER (WHERE NOT entry_id = ANY ($2::bigint[]))')} AS before
  FROM unnest($1::bigint[]) AS bundle CROSS JOIN LATERAL (
    SELECT i.index, i.entry_id, ${LINE} AS line FROM log_index i JOIN log_entry e ON e.id = i.entry_id
    WHERE i.index BETWEEN bundle * 256 AND bundle * 256 + 255 AND NOT EXISTS (SELECT FROM log_part p WHERE p.entry_id = i.entry_id AND ${IS_WHOLE}) OFFSET 0) AS without
  GROUP BY bundle`;

/**
 * Of those of these bundles in which there are any.
 * @param pruned entries that have just lost their parts, and had all of them
 */
export async function prunedPlaces(tx: RecordsTx, bundles: readonly number[], pruned: readonly number[] = []): Promise<ReadonlyMap<number, PlacesOfBundle>> {
  await tx.query(`SELECT ${ROW_BY_ROW}`);
  const places = new Map<number, PlacesOfBundle>();
  for (let from = 0; from < bundles.length; from += BUNDLES_AT_ONCE) {
    const rows = await tx.query<{ bundle: number; after: Buffer; before: Buffer | null }>(PLACES, [bundles.slice(from, from + BUNDLES_AT_ONCE), pruned]);
    for (const { bundle, after, before } of rows) places.set(bundle, { ...(before ? { before: before.toString('hex') } : {}), after: after.toString('hex') });
  }
  return places;
}
