import type { RecordsTx } from '../../platform/records-tx.js';
import { hashOfRange, tilesFor } from './hash-ranges.js';
import type { LeafRange } from './leaf-range.js';
import { readTile } from './read-tile.js';

/**
 * The roots of these nodes, from tiles of a tree of that size: as many tiles as the tree has levels of them, or twice that.
 * @returns undefined when hashes are missing
 */
export async function readHashes(tx: RecordsTx, ranges: readonly LeafRange[], size: number): Promise<readonly Buffer[] | undefined> {
  const read = new Map<string, Buffer>();
  for (const tile of tilesFor(ranges, size)) {
    const bytes = await readTile(tx, tile);
    if (!bytes) return undefined;
    read.set(`${tile.level}/${tile.number}`, bytes);
  }
  return ranges.map((range) => hashOfRange(range, (level, number) => read.get(`${level}/${number}`)!));
}
