import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GrowingTree, hashText, leafHashText } from '../../src/audit/growing-tree.js';
import { EMPTY_FRONTIER, extendFrontier, leafHash } from '../../src/audit/merkle.js';
import { naiveRoot } from './naive-tree.js';

const leaves = fc.array(fc.string({ maxLength: 2_000 }), { maxLength: 70 });
const grown = (all: readonly string[], tree = new GrowingTree()): GrowingTree => {
  for (const leaf of all) tree.append(leafHashText(leaf, 'utf8'));
  return tree;
};

describe('a growing tree', () => {
  it('has the root that RFC 6962 gives', () => {
    fc.assert(fc.property(leaves, (all) => expect(grown(all).root()).toBe(hashText(naiveRoot(all.map((leaf) => Buffer.from(leaf, 'utf8')))))));
  });

  it('has the frontier of the tree that the sequencer keeps, and goes on from it', () => {
    fc.assert(
      fc.property(leaves, leaves, (first, rest) => {
        const frontier = extendFrontier(EMPTY_FRONTIER, first.map((leaf) => leafHash(Buffer.from(leaf, 'utf8'))));
        expect(grown(first).frontier()).toEqual(frontier);
        expect(grown(rest, new GrowingTree(frontier)).root()).toBe(grown([...first, ...rest]).root());
      }),
    );
  });

  it('takes a hash that was cut short for what it is, whatever was hashed before', () => {
    const [left, right] = ['one', 'other'].map((leaf) => leafHashText(leaf, 'utf8')) as [string, string];
    for (const cut of [right.slice(0, 31), right.slice(1), '', `${right}x`]) {
      const tree = new GrowingTree();
      expect(grown(['one', 'other']).size).toBe(2); // its last byte would be there still
      for (const hash of [left, cut]) tree.append(hash);
      expect(tree.root()).toBe(createHash('sha256').update(Buffer.from(`\x01${left}${cut}`, 'latin1')).digest().toString('latin1'));
    }
  });

  it('tells of every perfect subtree once, as its last leaf comes in', () => {
    fc.assert(
      fc.property(leaves, (all) => {
        const heights: number[] = [];
        grown(all, new GrowingTree(EMPTY_FRONTIER, (height) => heights.push(height)));
        for (const height of [1, 2, 3, 4, 5, 6]) expect(heights.filter((each) => each === height)).toHaveLength(Math.floor(all.length / 2 ** height));
      }),
    );
  });

  it('hashes leaves of any length as bytes', () => {
    for (const leaf of ['', 'é'.repeat(1_365), 'é'.repeat(1_366), 'x'.repeat(60_000)]) expect(leafHashText(leaf, 'utf8')).toBe(hashText(leafHash(Buffer.from(leaf, 'utf8'))));
    expect(leafHashText('\u00ff', 'latin1')).toBe(hashText(leafHash(Buffer.from([0xff]))));
  });
});
