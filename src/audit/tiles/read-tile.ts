import type { RecordsTx } from '../../platform/records-tx.js';
import { TILE_WIDTH } from '../export/tile-path.js';
import { bounded } from '../longest-cells.js';
import type { Tile } from './tile.js';

const HASH_BYTES = 32;

const STORED = `SELECT ${bounded('hashes', 'hashes')} AS hashes FROM log_tile WHERE level = $1 AND number = $2`;
const LEAVES = `SELECT string_agg(${bounded('leaf_hash', 'hash')}, ''::bytea ORDER BY index) AS hashes FROM log_index WHERE index >= $1 AND index < $2`;
const ROOTS = `SELECT string_agg(${bounded('root', 'hash')}, ''::bytea ORDER BY number) AS hashes FROM log_tile WHERE level = $3 AND number >= $1 AND number < $2`;

/**
 * The hashes of a tile, one after the other. A full one is stored; one that is not, or not yet, is put together from the leaf
 * hashes or from the roots of the tiles below, 256 at most. They are the database's own word: proofs made of them are held
 * against the signed tree.
 * @returns undefined when hashes are missing: they are not there yet, or were removed
 */
export async function readTile(tx: RecordsTx, { level, number, width }: Tile): Promise<Buffer | undefined> {
  if (width === TILE_WIDTH) {
    const [stored] = await tx.query<{ hashes: Buffer }>(STORED, [level, number]);
    if (stored) return whole(stored.hashes, width);
  }
  const first = number * TILE_WIDTH;
  const [below] = await tx.query<{ hashes: Buffer | null }>(level === 0 ? LEAVES : ROOTS, [first, first + width, ...(level === 0 ? [] : [level - 1])]);
  return whole(below?.hashes, width);
}

function whole(hashes: Buffer | null | undefined, width: number): Buffer | undefined {
  return hashes?.length === width * HASH_BYTES ? hashes : undefined;
}
