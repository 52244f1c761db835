import { leavesOf } from '../export/entry-bundle.js';
import { partsPath, TILE_WIDTH, tilePath } from '../export/tile-path.js';
import { hashText, leafHashText, type HashText } from '../growing-tree.js';
import { ExportedParts, PartsLines, widthAt, type CommittedParts } from './committed-parts.js';
import { NO_PARTS } from './disclosed-parts.js';
import { fileOr } from './exported-files.js';
import type { Findings } from './finding.js';
import type { WalkedEntry } from './log-walk.js';
import { ROTATED, type ToldChanges } from './told-changes.js';

const HASH_BYTES = 32;

/** The bundles of an export, each with its tile and its disclosed parts: all of it as it is there, and what is not there is said. */
export class ExportedPages {
  private readonly lines: PartsLines;

  constructor(
    private readonly directory: string,
    private readonly size: number,
    private readonly findings: Findings,
    private readonly told: ToldChanges,
  ) {
    this.lines = new PartsLines(directory, size);
  }

  /** @returns the entries from the bundle's first on; fewer than a tree of this size has there when the export ends before */
  page(number: number, committed: CommittedParts | undefined): readonly WalkedEntry[] {
    const { directory, size, findings } = this;
    const width = widthAt(size, number);
    const first = number * TILE_WIDTH;
    const hashes = fileOr(directory, tilePath(0, number, width), findings);
    const tile = hashesOf(hashes, width);
    if (hashes && !tile) findings.add({ kind: 'tile-differs', name: tilePath(0, number, width) });
    const bundle = fileOr(directory, tilePath('entries', number, width), findings);
    const leaves = inTheirPlaces((bundle && leavesOf(bundle))?.map((leaf) => leaf.toString('latin1')) ?? [], tile, width, first, findings);
    if (!committed) findings.add({ kind: 'file-missing', name: partsPath(number, width) });
    if (committed?.isLonger) findings.add({ kind: 'file-differs', name: partsPath(number, width) });
    const line = (at: number): string => this.lines.in(number, at);
    const entries = Array.from({ length: tile ? width : Math.min(width, leaves.length) }, (_, at): WalkedEntry => {
      const index = first + at;
      const leaf = leaves[at];
      const hash = leaf === undefined ? undefined : leafHashText(leaf, 'latin1');
      if (committed?.wrong.has(index)) findings.add({ kind: 'parts-line-wrong', index, ...otherOf(committed.wrong.get(index)) });
      const parts = committed ? new ExportedParts(committed, at, line) : NO_PARTS;
      return { index, entryId: undefined, leaf, hash, row: undefined, tile: tile?.[at], parts, columns: undefined };
    });
    if (bundle?.includes(ROTATED)) for (const entry of entries) this.told.take(entry);
    return entries;
  }
}

function otherOf(other: number | undefined): { readonly other?: number } {
  return other === undefined ? {} : { other };
}

/** Where leaves are too few or too many the tile says which: those that it has stay in its order. */
function inTheirPlaces(leaves: readonly string[], tile: readonly HashText[] | undefined, width: number, first: number, findings: Findings): readonly (string | undefined)[] {
  if (leaves.length === width || !tile) return leaves;
  const places = new Map(tile.map((hash, at) => [hash, at]));
  const placed = new Array<string | undefined>(width).fill(undefined);
  for (const [at, leaf] of leaves.entries()) {
    const place = places.get(leafHashText(leaf, 'latin1'));
    const index = first + at;
    if (place === undefined) findings.add({ kind: 'added', index, to: index + 1 });
    else if (placed[place] !== undefined) findings.add({ kind: 'duplicated', index, other: first + place });
    else placed[place] = leaf;
  }
  return placed;
}

function hashesOf(tile: Buffer | undefined, width: number): readonly HashText[] | undefined {
  if (tile?.length !== width * HASH_BYTES) return undefined;
  return Array.from({ length: width }, (_, at) => hashText(tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)));
}
