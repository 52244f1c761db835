import { extendFrontier, EMPTY_FRONTIER, rootOf } from '../../src/audit/merkle.js';
import { hashOfRange, tilesFor, type TileBytes } from '../../src/audit/tiles/hash-ranges.js';
import type { LeafRange } from '../../src/audit/tiles/leaf-range.js';
import type { Tile } from '../../src/audit/tiles/tile.js';

/** The tiles of a tree as C2SP tlog-tiles defines them, hash by hash: slow, and made apart from the code that it checks. */
export class TilesInMemory {
  private readonly levels: Buffer[][];

  constructor(readonly leafHashes: readonly Buffer[]) {
    this.levels = [[...leafHashes]];
    while (this.levels.at(-1)!.length >= 256) {
      const below = this.levels.at(-1)!;
      this.levels.push(Array.from({ length: Math.floor(below.length / 256) }, (_, n) => this.rootOf(below.slice(n * 256, (n + 1) * 256))));
    }
  }

  bytes({ level, number, width }: Tile): Buffer {
    return Buffer.concat(this.levels[level]!.slice(number * 256, number * 256 + width));
  }

  /** Of a tree of the first so many leaves. */
  root(size: number): Buffer {
    return rootOf(extendFrontier(EMPTY_FRONTIER, this.leafHashes.slice(0, size)));
  }

  /** What a proof's nodes are, from the tiles that are asked for and no others. */
  hashes(ranges: readonly LeafRange[], size: number): Buffer[] {
    const read = new Map(tilesFor(ranges, size).map((tile) => [`${tile.level}/${tile.number}`, this.bytes(tile)]));
    const bytes: TileBytes = (level, number) => read.get(`${level}/${number}`)!;
    return ranges.map((range) => hashOfRange(range, bytes));
  }

  private rootOf(hashes: readonly Buffer[]): Buffer {
    return rootOf(extendFrontier(EMPTY_FRONTIER, hashes));
  }
}
