import { TILE_WIDTH } from '../export/tile-path.js';
import type { HashText } from '../growing-tree.js';

/** A tile, with its hashes one after the other. */
export interface GrownTile {
  readonly level: number;
  readonly number: number;
  readonly width: number;
  readonly hashes: HashText;
}

/** Puts subtrees of a growing tree together to its tiles. One tile of each level is in memory. */
export class TileLevels {
  private readonly levels: { number: number; hashes: HashText[] }[] = [];

  /** @param height of a perfect subtree, a multiple of eight. @returns the tile that is full with it */
  add(height: number, hash: HashText): GrownTile | undefined {
    const level = height / 8;
    const tile = (this.levels[level] ??= { number: 0, hashes: [] });
    tile.hashes.push(hash);
    if (tile.hashes.length < TILE_WIDTH) return undefined;
    this.levels[level] = { number: tile.number + 1, hashes: [] };
    return grown(level, tile);
  }

  /** The tiles that are not full at the end of the tree. */
  rest(): readonly GrownTile[] {
    return this.levels.flatMap((tile, level) => (tile.hashes.length > 0 ? [grown(level, tile)] : []));
  }
}

function grown(level: number, { number, hashes }: { readonly number: number; readonly hashes: readonly HashText[] }): GrownTile {
  return { level, number, width: hashes.length, hashes: hashes.join('') };
}
