import { TILE_WIDTH, tilePath } from '../export/tile-path.js';
import type { HashText } from '../growing-tree.js';
import { fileOr } from './exported-pages.js';
import type { Findings } from './finding.js';

/** Tiles above the leaves' own, compared with the tree as it grows. One tile of each level is in memory. */
export class ExportedLevels {
  private readonly levels: { number: number; hashes: HashText[] }[] = [];

  constructor(
    private readonly directory: string,
    private readonly findings: () => Findings,
  ) {}

  /** @param height of a perfect subtree, a multiple of eight */
  add(height: number, hash: HashText): void {
    const level = height / 8;
    const tile = (this.levels[level] ??= { number: 0, hashes: [] });
    tile.hashes.push(hash);
    if (tile.hashes.length < TILE_WIDTH) return;
    this.compare(level);
    this.levels[level] = { number: tile.number + 1, hashes: [] };
  }

  /** The tiles that are not full at the end of the tree. */
  end(): void {
    this.levels.forEach(({ hashes }, level) => hashes.length > 0 && this.compare(level));
  }

  private compare(level: number): void {
    const { number, hashes } = this.levels[level]!;
    const path = tilePath(level, number, hashes.length);
    const stored = fileOr(this.directory, path, this.findings());
    if (stored && stored.toString('latin1') !== hashes.join('')) this.findings().add({ kind: 'tile-differs', name: path });
  }
}
