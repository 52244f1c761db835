import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leavesOf } from './entry-bundle.js';
import { TILE_WIDTH, tilePath } from './tile-path.js';

/** An export that is not what the log signed, or is not whole. The message says what, for whoever checks it. */
export class ExportFault extends Error {
  override readonly name = 'ExportFault';
}

/** Up to 256 leaves of an export, as they are there. */
export interface ExportedBundle {
  readonly number: number;
  readonly leaves: readonly Buffer[];
}

/** The bundle of a tree of this size. All of it may come from an attacker. @throws ExportFault where it does not hold as many entries as the tree has there */
export function exportedBundle(directory: string, size: number, number: number): ExportedBundle {
  const width = Math.min(TILE_WIDTH, size - number * TILE_WIDTH);
  const leaves = leavesOf(exportedFile(directory, tilePath('entries', number, width)));
  if (leaves?.length !== width) throw new ExportFault(`The bundle of entries from ${number * TILE_WIDTH} on does not hold ${width} entries.`);
  return { number, leaves };
}

/** @throws ExportFault */
export function exportedFile(directory: string, path: string): Buffer {
  try {
    return readFileSync(join(directory, path));
  } catch {
    throw new ExportFault(`The export has no readable ${path}.`);
  }
}
