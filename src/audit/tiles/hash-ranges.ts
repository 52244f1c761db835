import { TILE_WIDTH } from '../export/tile-path.js';
import { EMPTY_ROOT, nodeHash } from '../merkle.js';
import type { LeafRange } from './leaf-range.js';
import { TILE_HEIGHT, tileWidth, type Tile } from './tile.js';

const HASH_BYTES = 32;

/** Where the hashes under a perfect subtree stand: `count` of them in one tile, from `first` on. */
interface Place {
  readonly level: number;
  readonly number: number;
  readonly first: number;
  readonly count: number;
}

/** The bytes of a tile that was asked for with `tilesFor`. */
export type TileBytes = (level: number, number: number) => Buffer;

/**
 * The tiles that the nodes are computed from, each once, as wide as they are in a tree of that size: for the nodes of one
 * proof at most two a level.
 * @param size no node reaches beyond it
 */
export function tilesFor(ranges: readonly LeafRange[], size: number): readonly Tile[] {
  const wanted = ranges.flatMap(placesOf).map(({ level, number }): [string, Tile] => [`${level}/${number}`, { level, number, width: tileWidth(level, number, size) }]);
  return [...new Map(wanted).values()];
}

/** The root of the entries of one node; of no entries, that of the empty tree. */
export function hashOfRange(range: LeafRange, bytes: TileBytes): Buffer {
  const roots = placesOf(range).map((place) => rootAt(place, bytes));
  return roots.length === 0 ? EMPTY_ROOT : roots.reduceRight((right, left) => nodeHash(left, right));
}

/** The perfect subtrees that a node is made of, largest (leftmost) first: a node of a tree begins where its largest one may. */
function placesOf({ from, to }: LeafRange): readonly Place[] {
  const places: Place[] = [];
  for (let at = from; at < to; ) {
    let [height, leaves] = [0, 1];
    while (leaves * 2 <= to - at) [height, leaves] = [height + 1, leaves * 2];
    places.push(placeOf(height, at / leaves));
    at += leaves;
  }
  return places;
}

/** @param number which one of the perfect subtrees of that height */
function placeOf(height: number, number: number): Place {
  const count = 2 ** (height % TILE_HEIGHT);
  const at = number * count;
  return { level: Math.floor(height / TILE_HEIGHT), number: Math.floor(at / TILE_WIDTH), first: at % TILE_WIDTH, count };
}

function rootAt({ level, number, first, count }: Place, bytes: TileBytes): Buffer {
  const tile = bytes(level, number);
  let row = Array.from({ length: count }, (_, i) => tile.subarray((first + i) * HASH_BYTES, (first + i + 1) * HASH_BYTES));
  while (row.length > 1) row = Array.from({ length: row.length / 2 }, (_, i) => nodeHash(row[2 * i]!, row[2 * i + 1]!));
  return row[0]!;
}
