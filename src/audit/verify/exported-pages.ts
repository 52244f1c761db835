import { leavesOf } from '../export/entry-bundle.js';
import { ExportFault, exportedFile } from '../export/exported-bundles.js';
import { partsPath, TILE_WIDTH, tilePath } from '../export/tile-path.js';
import { hashText, leafHashText, type HashText } from '../growing-tree.js';
import { NO_PARTS, type DisclosedParts } from './disclosed-parts.js';
import { ExportedParts, type Given } from './exported-parts-line.js';
import type { Findings } from './finding.js';
import type { WalkedEntry } from './log-walk.js';

const HASH_BYTES = 32;

/**
 * A bundle of an export with its tile and its disclosed parts: all of it as it is there, and what is not there is said.
 * @returns the entries from the bundle's first on; fewer than a tree of this size has there when the export ends before
 */
export function exportedPage(directory: string, size: number, number: number, findings: Findings): readonly WalkedEntry[] {
  const width = Math.min(TILE_WIDTH, size - number * TILE_WIDTH);
  const first = number * TILE_WIDTH;
  const tile = hashesOf(fileOr(directory, tilePath(0, number, width), findings), width);
  const bundle = fileOr(directory, tilePath('entries', number, width), findings);
  const leaves = inTheirPlaces((bundle && leavesOf(bundle))?.map((leaf) => leaf.toString('latin1')) ?? [], tile, width, first, findings);
  const lines = fileOr(directory, partsPath(number, width), findings)?.toString('utf8').split('\n');
  return Array.from({ length: tile ? width : Math.min(width, leaves.length) }, (_, at): WalkedEntry => {
    const index = first + at;
    const leaf = leaves[at];
    const hash = leaf === undefined ? undefined : leafHashText(leaf, 'latin1');
    const parts = lines ? partsIn(lines[at] ?? '', index, findings) : NO_PARTS;
    return { index, entryId: undefined, leaf, hash, row: undefined, tile: tile?.[at], parts, columns: undefined };
  });
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

/** A line of an export: docs/formats.md, "Log export". */
function partsIn(line: string, index: number, findings: Findings): DisclosedParts {
  const parsed = parsedLine(line);
  if (parsed && parsed.index === index) return new ExportedParts(parsed);
  findings.add({ kind: 'parts-line-wrong', index, ...(Number.isSafeInteger(parsed?.index) ? { other: Number(parsed!.index) } : {}) });
  return NO_PARTS;
}

function parsedLine(line: string): (Given & { readonly index?: unknown }) | null {
  try {
    return JSON.parse(line) as Given;
  } catch {
    return null;
  }
}

export function fileOr(directory: string, path: string, findings: Findings): Buffer | undefined {
  try {
    return exportedFile(directory, path);
  } catch (error) {
    if (!(error instanceof ExportFault)) throw error;
    findings.add({ kind: 'file-missing', name: path });
    return undefined;
  }
}
