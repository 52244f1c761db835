import { TILE_WIDTH } from '../export/tile-path.js';

/** Levels of the tree from one level of tiles to the next: 256 = 2^8. */
export const TILE_HEIGHT = 8;

/**
 * C2SP tlog-tiles, "Merkle Tree": hash i of tile `number` at `level` is the root of the 256^level entries from
 * (number · 256 + i) · 256^level on. A tile with fewer than 256 hashes is a partial one, at the end of a tree.
 */
export interface Tile {
  readonly level: number;
  readonly number: number;
  /** How many hashes: 1 to 256. */
  readonly width: number;
}

/** How many hashes a tree of that size has at that level of tiles. */
export function hashesAtLevel(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** How many tiles of that level are full in a tree of that size. */
export function fullTiles(level: number, size: number): number {
  return hashesAtLevel(level + 1, size);
}

/** As wide as it is in a tree of that size; none or less when it is not there yet. */
export function tileWidth(level: number, number: number, size: number): number {
  return Math.min(TILE_WIDTH, hashesAtLevel(level, size) - number * TILE_WIDTH);
}
