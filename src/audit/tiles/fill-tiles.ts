import type { RecordsTx } from '../../platform/records-tx.js';
import { fullTiles } from './tile.js';

/** Bounds a step: tiles of a backlog of sixteen thousand entries. */
export const TILES_A_STEP = 64;

/** `stuck`: hashes that the next tile is made of are missing. */
export type Filled = 'all' | 'more to do' | 'stuck';

/**
 * Stores the tiles that are full in a tree of that size and are not stored yet, lower levels first, at most a step's worth.
 * To be called under the sequencer's lock. Each tile is written once, in order, so that the highest number of a level tells
 * how many there are.
 * @param tx of a job
 * @param written of each level, where that has been looked at
 */
export async function fillTiles(tx: RecordsTx, size: number, written?: readonly number[]): Promise<Filled> {
  let left = TILES_A_STEP;
  for (const [level, tiles] of (written ?? (await writtenTiles(tx, size))).entries()) {
    const missing = fullTiles(level, size) - tiles;
    if (missing <= 0) continue;
    const wanted = Math.min(missing, left);
    const stored = await tx.query(level === 0 ? FROM_LEAVES : FROM_ROOTS, [level, tiles, tiles + wanted - 1]);
    if (stored.length < wanted) return 'stuck';
    left -= wanted;
    if (wanted < missing) return 'more to do';
  }
  return 'all';
}

/** Are all that are full in a tree of that size stored, as far as the last ones of each level tell? */
export function areFilled(written: readonly number[], size: number): boolean {
  return written.every((tiles, level) => tiles >= fullTiles(level, size));
}

/** How many tiles of each level are stored: of those at which such a tree has a full one, and of so many more. */
export async function writtenTiles(tx: RecordsTx, size: number, more = 0): Promise<readonly number[]> {
  const levels = levelsOf(size) + more;
  if (levels === 0) return [];
  return (await tx.query<{ tiles: number }>(WRITTEN, [levels - 1])).map(({ tiles }) => tiles);
}

/** At how many levels a tree of that size has a full tile. */
function levelsOf(size: number): number {
  let levels = 0;
  while (fullTiles(levels, size) > 0) levels++;
  return levels;
}

const WRITTEN = `
  SELECT (SELECT coalesce(max(number) + 1, 0) FROM log_tile WHERE log_tile.level = l) AS tiles FROM generate_series(0, $1::int) l ORDER BY l`;

/** As many as can be made without a gap: a tile after one with missing hashes waits. */
const stored = (hashes: string): string => `
  INSERT INTO log_tile (level, number, hashes)
  SELECT $1::smallint, number, hashes
  FROM (
    SELECT made.number, part.hashes, bool_and(coalesce(length(part.hashes), 0) = 256 * 32) OVER (ORDER BY made.number) AS whole
    FROM generate_series($2::bigint, $3::bigint) AS made (number) CROSS JOIN LATERAL (${hashes}) AS part (hashes)
  ) tile WHERE whole
  RETURNING number`;

const FROM_LEAVES = stored(`
  SELECT string_agg(leaf_hash, ''::bytea ORDER BY index) FROM log_index
  WHERE index >= made.number * 256 AND index < (made.number + 1) * 256`);
const FROM_ROOTS = stored(`
  SELECT string_agg(root, ''::bytea ORDER BY below.number) FROM log_tile below
  WHERE level = $1::smallint - 1 AND below.number >= made.number * 256 AND below.number < (made.number + 1) * 256`);
