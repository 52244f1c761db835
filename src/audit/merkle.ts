import { hash } from 'node:crypto';

const HASH_BYTES = 32;
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** RFC 6962, section 2.1: the root of no entries is the hash of nothing. */
export const EMPTY_ROOT: Buffer = hash('sha256', Buffer.alloc(0), 'buffer');

/** RFC 6962, section 2.1: MTH of one entry. */
export function leafHash(leaf: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([LEAF, leaf]), 'buffer');
}

/** RFC 6962, section 2.1: the prefix keeps a node from passing for a leaf. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([NODE, left, right]), 'buffer');
}

/**
 * The roots of the perfect subtrees that make up a tree, largest (leftmost) first: one for each bit of its size. All that
 * is needed to append and to compute the root.
 */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Buffer[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] };

/** Appends leaves, given as their hashes, in order. */
export function extendFrontier(frontier: Frontier, leafHashes: Iterable<Uint8Array>): Frontier {
  const hashes = [...frontier.hashes];
  let { size } = frontier;
  for (const leaf of leafHashes) {
    let node: Buffer = Buffer.from(leaf);
    // Each full subtree as large as the new node merges with it: one for every trailing 1 of the old size.
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) node = nodeHash(hashes.pop()!, node);
    hashes.push(node);
    size++;
  }
  return { size, hashes };
}

/** RFC 6962, section 2.1: MTH of the whole tree. */
export function rootOf({ hashes }: Frontier): Buffer {
  if (hashes.length === 0) return EMPTY_ROOT;
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** As stored: the hashes one after the other. The size stands beside them. */
export function frontierBytes({ hashes }: Frontier): Buffer {
  return Buffer.concat(hashes);
}

/** @throws RangeError when there are not as many hashes as a tree of that size has */
export function frontierFrom(size: number, bytes: Uint8Array): Frontier {
  const expected = subtreesIn(size);
  if (bytes.length !== expected * HASH_BYTES) throw new RangeError('a frontier does not fit its size');
  const all = Buffer.from(bytes);
  return { size, hashes: Array.from({ length: expected }, (_, i) => all.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)) };
}

/** How many perfect subtrees a tree of that size has: the ones among its bits. */
function subtreesIn(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}
