import { hash } from 'node:crypto';
import { EMPTY_ROOT, type Frontier } from './merkle.js';

const HASH_BYTES = 32;
const LEAF_ROOM = 4_096;

/** 32 bytes as a string of as many Latin-1 characters: node:crypto hands these out in half the time that a buffer takes. */
export type HashText = string;

const node = Buffer.alloc(1 + 2 * HASH_BYTES, 1);
const leafBytes = Buffer.alloc(1 + LEAF_ROOM);

/** RFC 6962, section 2.1: MTH of one entry. @param encoding of the leaf's bytes in the string */
export function leafHashText(leaf: string, encoding: 'utf8' | 'latin1'): HashText {
  if (leaf.length * 3 > LEAF_ROOM) return hash('sha256', Buffer.concat([Buffer.from([0]), Buffer.from(leaf, encoding)]), 'binary');
  const length = leafBytes.write(leaf, 1, encoding);
  return hash('sha256', leafBytes.subarray(0, length + 1), 'binary');
}

/** The same of a leaf whose bytes stand after a byte 0 already. */
export function prefixedLeafHashText(zeroAndLeaf: Uint8Array): HashText {
  return hash('sha256', zeroAndLeaf, 'binary');
}

/** RFC 6962, section 2.1: an inner node. Hashes of another length, as somebody may have stored them, are hashed as what they are. */
export function nodeHashText(left: HashText, right: HashText): HashText {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) return hash('sha256', Buffer.from(`\x01${left}${right}`, 'latin1'), 'binary');
  node.write(left, 1, 'latin1');
  node.write(right, 1 + HASH_BYTES, 'latin1');
  return hash('sha256', node, 'binary');
}

export function hashText(bytes: Buffer): HashText {
  return bytes.toString('latin1');
}

/** A tree that leaves are added to, one after the other: what `Frontier` is, for whoever adds millions. RFC 6962, section 2.1. */
export class GrowingTree {
  #size: number;
  readonly #nodes: HashText[];

  /** @param onSubtree told of each perfect subtree as its last leaf comes in: its height and its hash, the leaf itself left out */
  constructor(from: Frontier = { size: 0, hashes: [] }, private readonly onSubtree?: (height: number, hash: HashText) => void) {
    this.#size = from.size;
    this.#nodes = from.hashes.map(hashText);
  }

  get size(): number {
    return this.#size;
  }

  append(leaf: HashText): void {
    let hash = leaf;
    let height = 0;
    // Each full subtree as large as the new node merges with it: one for every trailing 1 of the old size.
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      hash = nodeHashText(this.#nodes.pop()!, hash);
      this.onSubtree?.(++height, hash);
    }
    this.#nodes.push(hash);
    this.#size++;
  }

  root(): HashText {
    if (this.#nodes.length === 0) return hashText(EMPTY_ROOT);
    return this.#nodes.reduceRight((right, left) => nodeHashText(left, right));
  }

  /** Goes on from what another tree is now. */
  become(other: GrowingTree): void {
    if (other === this) return;
    this.#size = other.#size;
    this.#nodes.splice(0, this.#nodes.length, ...other.#nodes);
  }

  frontier(): Frontier {
    return { size: this.#size, hashes: this.#nodes.map((text) => Buffer.from(text, 'latin1')) };
  }
}
