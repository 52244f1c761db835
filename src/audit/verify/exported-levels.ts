import { tilePath } from '../export/tile-path.js';
import type { HashText } from '../growing-tree.js';
import { fileOr } from './exported-files.js';
import type { Findings } from './finding.js';
import { TileLevels, type GrownTile } from './tile-levels.js';

/** Tiles above the leaves' own, compared with the tree as it grows. */
export class ExportedLevels {
  private readonly levels = new TileLevels();

  constructor(
    private readonly directory: string,
    private readonly findings: () => Findings,
  ) {}

  /** @param height of a perfect subtree, a multiple of eight */
  add(height: number, hash: HashText): void {
    const full = this.levels.add(height, hash);
    if (full) this.compare(full);
  }

  /** The tiles that are not full at the end of the tree. */
  end(): void {
    for (const tile of this.levels.rest()) this.compare(tile);
  }

  private compare({ level, number, width, hashes }: GrownTile): void {
    const path = tilePath(level, number, width);
    const stored = fileOr(this.directory, path, this.findings());
    if (stored && stored.toString('latin1') !== hashes) this.findings().add({ kind: 'tile-differs', name: path });
  }
}
