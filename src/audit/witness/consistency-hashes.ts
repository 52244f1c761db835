import type { RecordsTx } from '../../platform/records-tx.js';
import { EMPTY_FRONTIER, extendFrontier, rootOf } from '../merkle.js';

/** The hashes by which a tree is shown to begin with all of a smaller one: RFC 6962, section 2.1.2. */
export type ConsistencyHashes = (tx: RecordsTx, from: number, to: number) => Promise<readonly Buffer[]>;

/** From the hashes of all entries, which takes as long as the log is. */
export const consistencyHashes: ConsistencyHashes = async (tx, from, to) => {
  if (from === 0 || from === to) return [];
  const rows = await tx.query<{ leaf_hash: Buffer }>('SELECT leaf_hash FROM log_index WHERE index < $1 ORDER BY index', [to]);
  return subproof(from, rows.map(({ leaf_hash }) => leaf_hash), true);
};

/** @param isOwn whether the node is one of the smaller tree's, which whoever checks has already */
function subproof(older: number, leaves: readonly Buffer[], isOwn: boolean): readonly Buffer[] {
  if (older === leaves.length) return isOwn ? [] : [rootOfAll(leaves)];
  const middle = split(leaves.length);
  const [left, right] = [leaves.slice(0, middle), leaves.slice(middle)];
  return older <= middle ? [...subproof(older, left, isOwn), rootOfAll(right)] : [...subproof(older - middle, right, false), rootOfAll(left)];
}

function rootOfAll(leaves: readonly Buffer[]): Buffer {
  return rootOf(extendFrontier(EMPTY_FRONTIER, leaves));
}

/** The largest power of two that is smaller. */
function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
