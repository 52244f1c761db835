import type { RecordsTx } from '../platform/records-tx.js';
import { bounded } from './longest-cells.js';
import { extendFrontier, rootOf, type Frontier } from './merkle.js';

const PAGE = 10_000;

/**
 * Does a tree of the log begin with all of an older one? Computed from the older tree's frontier and the hashes that were
 * added since, so that it costs what was added and never the whole log. The hashes are the database's own word: that the
 * entries are what their hashes say is the signer's business.
 */
export async function extendsFrontier(tx: RecordsTx, older: Frontier, newer: Frontier): Promise<boolean> {
  if (newer.size < older.size) return false;
  let tree = older;
  while (tree.size < newer.size) {
    const page = await tx.query<{ leaf_hash: Buffer }>(
      `SELECT ${bounded('leaf_hash', 'hash')} AS leaf_hash FROM log_index WHERE index >= $1 AND index < $2 ORDER BY index`,
      [tree.size, Math.min(tree.size + PAGE, newer.size)],
    );
    if (page.length === 0) return false;
    tree = extendFrontier(tree, page.map(({ leaf_hash }) => leaf_hash));
  }
  return tree.size === newer.size && rootOf(tree).equals(rootOf(newer));
}
