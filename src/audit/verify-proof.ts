import { EMPTY_ROOT, nodeHash } from './merkle.js';

/**
 * Checks that a leaf is in a tree: RFC 9162, section 2.1.3.2 (the tree is that of RFC 6962). Every argument may come from
 * an attacker but the root.
 */
export function verifyInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || !areHashes([leaf, root, ...proof])) return false;
  let [fn, sn, node] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      node = nodeHash(sibling, node);
      // A node without a right sibling is carried up unchanged to the level where it is one.
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      node = nodeHash(node, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && same(node, root);
}

/** A tree by its size and root. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/**
 * Checks that the newer tree begins with all of the older one: RFC 9162, section 2.1.4.2. Every tree extends the empty
 * one, and a tree itself, without a proof.
 */
export function verifyConsistency(older: TreeHead, newer: TreeHead, proof: readonly Uint8Array[]): boolean {
  if (!isCount(older.size) || !isCount(newer.size) || older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && same(older.root, newer.root);
  if (!areHashes([older.root, newer.root, ...proof])) return false;
  if (older.size === 0) return proof.length === 0 && same(older.root, EMPTY_ROOT);
  const [first, ...rest] = isPowerOfTwo(older.size) ? [older.root, ...proof] : proof;
  if (!first || proof.length === 0) return false;
  let [fn, sn] = [older.size - 1, newer.size - 1];
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  let [oldNode, newNode] = [first, first];
  for (const sibling of rest) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      oldNode = nodeHash(sibling, oldNode);
      newNode = nodeHash(sibling, newNode);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      newNode = nodeHash(newNode, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && same(oldNode, older.root) && same(newNode, newer.root);
}

// Sizes pass 32 bits one day: no bit operators.
const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;
const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
const isPowerOfTwo = (n: number): boolean => (n > 1 && !isOdd(n) ? isPowerOfTwo(half(n)) : n === 1);
const areHashes = (all: readonly Uint8Array[]): boolean => all.every(({ length }) => length === 32);
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
