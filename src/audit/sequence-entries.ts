import type { RecordsTx } from '../platform/records-tx.js';
import { LogFault } from './log-fault.js';
import { SEQUENCER_LOCK } from './log-locks.js';
import { headFrom, readHead } from './log-head.js';
import { bounded } from './longest-cells.js';
import { extendFrontier, frontierBytes } from './merkle.js';
import type { AccessLog } from './append-entry.js';
import { ROW_BY_ROW } from './row-by-row.js';
import { areFilled, fillTiles, writtenTiles, type Filled } from './tiles/fill-tiles.js';
import { fullTiles } from './tiles/tile.js';

/** Bounds the transaction, so that a backlog is worked off in steps. */
export const BATCH = 2_000;

interface Taken {
  /** The head before them; null where there is none. */
  readonly size: number | null;
  readonly frontier: Buffer;
  readonly count: number;
  /** As PostgreSQL writes an array: only handed back. */
  readonly entry_ids: string;
  /** 32 bytes each, in the same order. */
  readonly leaf_hashes: Buffer;
  /** The first that is pending and not there. */
  readonly gone: number | null;
}

/**
 * One pass: takes what is pending, in order of arrival, and gives it the next places in the tree. Which entries are new is
 * told by the pending rows themselves and never by the highest id seen: an entry whose transaction commits late has a
 * lower id than ones already in the tree.
 *
 * Tiles that are full with them are stored with them, and what auditors find them by. All in the one transaction: a crash leaves the
 * pass done or not begun.
 * @param tx of a job, since entries of all sites are in one tree
 * @returns how many were given a place; 0 also when another process is at it
 * @throws LogFault LOG_ENTRY_CHANGED when a pending entry is gone: it stays pending, and the stall shows it
 */
export async function sequenceEntries(tx: RecordsTx): Promise<number> {
  const [lock] = await tx.query<{ free: boolean }>(`SELECT pg_try_advisory_xact_lock($1) AS free, ${ROW_BY_ROW}`, [SEQUENCER_LOCK]);
  if (!lock!.free) return 0;
  const [taken] = await tx.query<Taken>(TAKE, [BATCH]);
  if (taken!.count > 0) await integrate(tx, taken!);
  return taken!.count;
}

/** RFC 6962: a leaf's hash. Under the lock, so that the head is the one that they come after. The signer hashes every entry again before it signs. */
const TAKE = `
  WITH taken AS (
    DELETE FROM log_pending WHERE entry_id = ANY (ARRAY(SELECT entry_id FROM log_pending ORDER BY entry_id LIMIT $1)) RETURNING entry_id
  )
  SELECT count(*)::int AS count, coalesce(array_agg(entry_id ORDER BY entry_id), '{}')::text AS entry_ids, min(entry_id) FILTER (WHERE leaf IS NULL) AS gone,
    string_agg(sha256('\\x00'::bytea || convert_to(leaf, 'UTF8')), ''::bytea ORDER BY entry_id) AS leaf_hashes,
    (SELECT size FROM log_head) AS size, (SELECT ${bounded('frontier', 'frontier')} FROM log_head) AS frontier
  FROM taken LEFT JOIN log_entry ON id = entry_id`;

/**
 * SQL: as much of a word as goes into an index. Whoever is at the database may have made that of one entry so long that no entry would get its
 * place any more; that it is not filed by what it says is found by whoever verifies the log.
 */
function indexed(word: string): string {
  return `left(${word}, ${MOST_INDEXED})`;
}

const MOST_INDEXED = 64;

async function integrate(tx: RecordsTx, { count, entry_ids, leaf_hashes, gone, size, frontier }: Taken): Promise<void> {
  if (gone !== null) throw new LogFault('LOG_ENTRY_CHANGED', `entry ${gone} is pending and is not there`);
  const before = headFrom(size === null ? undefined : { size, frontier });
  const after = extendFrontier(before, Array.from({ length: count }, (_, n) => leaf_hashes.subarray(n * 32, (n + 1) * 32)));
  const [moved] = await tx.query<{ size: number }>(
    `WITH place AS (
       INSERT INTO log_index (index, entry_id, leaf_hash)
       SELECT $1::bigint + n - 1, entry_id, substr($3::bytea, (32 * (n - 1))::int + 1, 32) FROM unnest($2::bigint[]) WITH ORDINALITY AS given (entry_id, n)
     ), filed AS (
       INSERT INTO log_filter SELECT t.entry_id, t.site_id, t.at, ${indexed('t.kind')}, t.intake_id, t.member, ${indexed('t.purpose')}, t.named, t.several FROM unnest($2::bigint[]) AS given (entry_id) JOIN log_entry_terms t ON t.entry_id = given.entry_id
     ), moved AS (
       UPDATE log_head SET size = $4, frontier = $5 WHERE size = $1 AND frontier = $6 RETURNING size
     ) SELECT size FROM moved`,
    [before.size, entry_ids, leaf_hashes, after.size, frontierBytes(after), frontierBytes(before)],
  );
  if (!moved) throw new LogFault('LOG_HEAD_MOVED', 'the head of the log moved under the sequencer lock');
  // Entries are taken also where older hashes are missing: the sequencer says so once, and operators and auditors are warned.
  if (fullTiles(0, after.size) === fullTiles(0, before.size)) return;
  const written = await writtenTiles(tx, after.size);
  if (areFilled(written, before.size)) await fillTiles(tx, after.size, written);
}

/**
 * One step towards tiles that should have been stored with their entries and are not there: of a log that is older than them, or they were
 * removed. The log says so, since nobody who verifies it later could tell.
 * @param tx of a job
 * @returns `busy` while another process gives entries their places: nothing was looked at
 */
export async function catchUpWithTiles(tx: RecordsTx, log: AccessLog): Promise<Filled | 'busy'> {
  const [lock] = await tx.query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS free', [SEQUENCER_LOCK]);
  if (!lock!.free) return 'busy';
  const { size } = await readHead(tx);
  const before = await writtenTiles(tx, size);
  if (areFilled(before, size)) return 'all';
  const filled = await fillTiles(tx, size, before);
  const tiles = total(await writtenTiles(tx, size)) - total(before);
  if (tiles > 0) await log.append(tx, { kind: 'log.tiles-filled', actor: { system: 'sequencer' }, subject: {}, context: { counts: { tiles } } });
  return filled;
}

function total(tiles: readonly number[]): number {
  return tiles.reduce((sum, one) => sum + one, 0);
}
