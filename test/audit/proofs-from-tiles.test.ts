import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openCheckpoint } from '../../src/audit/checkpoint.js';
import { leavesOf } from '../../src/audit/export/entry-bundle.js';
import { tilePath } from '../../src/audit/export/tile-path.js';
import { leafHash } from '../../src/audit/merkle.js';
import { hashOfRange, tilesFor } from '../../src/audit/tiles/hash-ranges.js';
import { consistencyRanges, inclusionRanges } from '../../src/audit/tiles/leaf-range.js';
import { parseLevel, parseTileNumber } from '../../src/audit/tiles/tile-address.js';
import { parseVerifierKey } from '../../src/audit/verifier-key.js';
import { verifyConsistency, verifyInclusion } from '../../src/audit/verify-proof.js';
import { itWithShared } from '../support/shared-inputs.js';
import { naiveConsistency, naiveInclusion, naiveRoot } from './naive-tree.js';
import { TilesInMemory } from './tiles-in-memory.js';

const entry = (i: number): Buffer => Buffer.from(`entry ${i}`);
const treeOf = (size: number): TilesInMemory => new TilesInMemory(Array.from({ length: size }, (_, i) => leafHash(entry(i))));

describe('proofs from tiles', () => {
  it('are those of RFC 6962 for every entry and every older size of every small tree', () => {
    const entries = Array.from({ length: 70 }, (_, i) => entry(i));
    const tiles = treeOf(70);
    expect(tiles.hashes([{ from: 0, to: 0 }], 70)).toEqual([naiveRoot([])]);
    const same = (all: readonly Buffer[], wanted: readonly Buffer[]): boolean => all.length === wanted.length && Buffer.concat(all).equals(Buffer.concat(wanted));
    const wrong: string[] = [];
    for (let size = 1; size <= 70; size++) {
      const tree = entries.slice(0, size);
      if (!same(tiles.hashes([{ from: 0, to: size }], size), [naiveRoot(tree)])) wrong.push(`root of ${size}`);
      for (let index = 0; index < size; index++) if (!same(tiles.hashes(inclusionRanges(index, size), size), naiveInclusion(index, tree))) wrong.push(`${index} in ${size}`);
      for (let older = 0; older <= size; older++) if (!same(tiles.hashes(consistencyRanges(older, size), size), naiveConsistency(older, tree))) wrong.push(`${older} to ${size}`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  const large = treeOf(256 * 256 * 2 + 256 * 3 + 5);
  const size = fc.oneof(fc.integer({ min: 1, max: large.leafHashes.length }), fc.constantFrom(255, 256, 257, 511, 65_535, 65_536, 65_537, 131_072));
  it('verify in trees of several levels of tiles, also from tiles of a larger tree', () => {
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (newer, at, cut) => {
        const [index, older] = [at % newer, cut % (newer + 1)];
        const [root, olderRoot] = [large.root(newer), large.root(older)];
        for (const ofSize of [newer, large.leafHashes.length]) {
          expect(verifyInclusion(index, newer, large.leafHashes[index]!, large.hashes(inclusionRanges(index, newer), ofSize), root)).toBe(true);
          expect(verifyConsistency({ size: older, root: olderRoot }, { size: newer, root }, large.hashes(consistencyRanges(older, newer), ofSize))).toBe(true);
          expect(large.hashes([{ from: 0, to: newer }], ofSize)).toEqual([root]);
        }
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it('take two tiles a level at the most, and never one that is not in the tree', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 45 }), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (newer, part) => {
        const at = Math.floor(newer * part);
        for (const ranges of [inclusionRanges(at, newer), consistencyRanges(at, newer)]) {
          const tiles = tilesFor(ranges, newer);
          for (const { level, number, width } of tiles) {
            expect([1 <= width, width <= 256, (number * 256 + width) * 256 ** level <= newer]).toEqual([true, true, true]);
            expect(tiles.filter((other) => other.level === level).length).toBeLessThanOrEqual(2);
          }
        }
      }),
    );
  });

  it('are of entries and sizes that there are', () => {
    for (const [index, of] of [[1, 1], [0, 0], [-1, 1], [0.5, 1]] as const) expect(() => inclusionRanges(index, of)).toThrow(RangeError);
    for (const [older, newer] of [[2, 1], [-1, 1], [0, 1.5]] as const) expect(() => consistencyRanges(older, newer)).toThrow(RangeError);
  });

  itWithShared('verify against the published checkpoints, from the published tiles', 'vectors/tessera/log', (folder) => {
    const key = parseVerifierKey(readFileSync(join(folder, '..', 'vkey'), 'utf8').trim())!;
    const head = (of: number) => openCheckpoint(readFileSync(join(folder, `checkpoint.${of}`), 'utf8'), key)!;
    const hashes = (ranges: Parameters<typeof tilesFor>[0], of: number): Buffer[] => {
      const read = tilesFor(ranges, of).map(({ level, number, width }) => readFileSync(join(folder, tilePath(level, number, width))));
      expect(read.length).toBeLessThanOrEqual(1);
      return ranges.map((range) => hashOfRange(range, () => read[0]!));
    };
    for (let newer = 1; newer <= 15; newer++) {
      const leaves = leavesOf(readFileSync(join(folder, tilePath('entries', 0, newer))))!;
      for (let older = 0; older <= newer; older++) {
        expect([older, newer, verifyConsistency(head(older), head(newer), hashes(consistencyRanges(older, newer), newer))]).toEqual([older, newer, true]);
      }
      for (const [index, leaf] of leaves.entries()) {
        expect([index, newer, verifyInclusion(index, newer, leafHash(leaf), hashes(inclusionRanges(index, newer), newer), head(newer).root)]).toEqual([index, newer, true]);
      }
    }
  });

  itWithShared('are the published ones', 'vectors/tessera/log', (folder) => {
    const leaves = leavesOf(readFileSync(join(folder, tilePath('entries', 0, 15))))!;
    const tiles = new TilesInMemory(leaves.map(leafHash));
    for (let width = 1; width <= 15; width++) expect(tiles.bytes({ level: 0, number: 0, width }).equals(readFileSync(join(folder, tilePath(0, 0, width))))).toBe(true);
  });
});

describe('the address of a tile', () => {
  it('is read as it is written', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }), (number, width) => {
        expect(parseTileNumber(tilePath(0, number, width).slice('tile/0/'.length))).toEqual({ number, width });
      }),
    );
    expect(['0', '9', '63'].map(parseLevel)).toEqual([0, 9, 63]);
  });

  it.each(['', '0', '00', '0001', '1000', 'x000/001', '001/002', 'x1/002', 'x001', 'X001/002', 'x001/x002', '001.p/0', '001.p/256', '001.p/01', '001.p', '001.p/', '001/p/3', '-01', '000/', '/000', ' 000', 'x999/x999/x999/x999/x999/x999/999'])(
    'is not %j',
    (text) => expect(parseTileNumber(text)).toBeUndefined(),
  );

  it.each(['', '64', '00', '01', '-1', '1.0', 'entries', '1 '])('has no level %j', (text) => expect(parseLevel(text)).toBeUndefined());
});
