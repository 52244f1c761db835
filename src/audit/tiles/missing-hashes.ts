import type { RecordsTx } from '../../platform/records-tx.js';
import { TILE_WIDTH } from '../export/tile-path.js';
import { readHead } from '../log-head.js';
import { writtenTiles } from './fill-tiles.js';
import type { LeafRange } from './leaf-range.js';
import { fullTiles, tileWidth } from './tile.js';

/**
 * Looks whether the tiles at the end of the tree can be made: where hashes are gone from under them, no tile, and no proof that
 * needs it, can be given from there on. Tiles that are only not stored yet are none of its business. A few short questions.
 * @returns the entries whose hashes are missing, the first such place; they were removed, or the database was damaged
 */
export async function missingHashes(tx: RecordsTx): Promise<LeafRange | undefined> {
  const { size } = await readHead(tx);
  for (const [level, tiles] of (await writtenTiles(tx, size, 1)).entries()) {
    const [first, width] = [tiles * TILE_WIDTH, tileWidth(level, tiles, size)];
    const [row] = await tx.query<{ gap: number | null }>(level === 0 ? FIRST_LEAF : FIRST_ROOT, [first, first + width, ...(level === 0 ? [] : [level - 1])]);
    const entries = TILE_WIDTH ** level;
    if (typeof row!.gap === 'number') return { from: row!.gap * entries, to: (row!.gap + 1) * entries };
    if (tiles < fullTiles(level, size)) return undefined;
  }
  return undefined;
}

const FIRST_LEAF = `SELECT min(n) AS gap FROM generate_series($1::bigint, $2::bigint - 1) n WHERE NOT EXISTS (SELECT FROM log_index WHERE index = n)`;
const FIRST_ROOT = `
  SELECT min(n) AS gap FROM generate_series($1::bigint, $2::bigint - 1) n WHERE NOT EXISTS (SELECT FROM log_tile WHERE level = $3::smallint AND number = n)`;
