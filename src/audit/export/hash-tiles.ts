import { nodeHash } from '../merkle.js';
import { TILE_WIDTH, tilePath } from './tile-path.js';

export interface HashTile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Builds the tiles of a tree while its leaves come in, and keeps no more of it than one tile for each level. */
export class HashTiles {
  private readonly levels: { number: number; hashes: Buffer[] }[] = [];

  /** @returns the tiles that are full with this leaf */
  add(leafHash: Buffer): readonly HashTile[] {
    const full: HashTile[] = [];
    for (let level = 0, hash = leafHash; ; level++) {
      const tile = (this.levels[level] ??= { number: 0, hashes: [] });
      tile.hashes.push(hash);
      if (tile.hashes.length < TILE_WIDTH) return full;
      full.push(tileOf(level, tile));
      hash = rootOfFull(tile.hashes);
      this.levels[level] = { number: tile.number + 1, hashes: [] };
    }
  }

  /** The tiles that are not full when the last leaf is in. */
  rest(): readonly HashTile[] {
    return this.levels.flatMap((tile, level) => (tile.hashes.length > 0 ? [tileOf(level, tile)] : []));
  }
}

function tileOf(level: number, { number, hashes }: { readonly number: number; readonly hashes: readonly Buffer[] }): HashTile {
  return { path: tilePath(level, number, hashes.length), bytes: Buffer.concat(hashes) };
}

function rootOfFull(hashes: readonly Buffer[]): Buffer {
  let row = hashes;
  while (row.length > 1) row = Array.from({ length: row.length / 2 }, (_, i) => nodeHash(row[2 * i]!, row[2 * i + 1]!));
  return row[0]!;
}
