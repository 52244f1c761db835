import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY_FRONTIER, extendFrontier, frontierBytes, frontierFrom, leafHash, rootOf } from '../../src/audit/merkle.js';
import { naiveRoot } from './naive-tree.js';

const entries = fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 });

describe('the tree', () => {
  it('has the hash of nothing as the root of nothing', () => {
    expect(rootOf(EMPTY_FRONTIER).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('has the root that RFC 6962 defines, however its entries came', () => {
    fc.assert(
      fc.property(entries, fc.nat(), (all, cut) => {
        const hashes = all.map(leafHash);
        const first = extendFrontier(EMPTY_FRONTIER, hashes.slice(0, cut % (all.length + 1)));
        const stored = frontierFrom(first.size, frontierBytes(first));
        const whole = extendFrontier(stored, hashes.slice(first.size));
        expect(whole.size).toBe(all.length);
        expect(rootOf(whole)).toEqual(naiveRoot(all));
      }),
    );
  });

  it('keeps one hash for each bit of its size', () => {
    const frontier = extendFrontier(EMPTY_FRONTIER, Array.from({ length: 13 }, (_, i) => leafHash(Buffer.of(i))));
    expect(frontier.hashes).toHaveLength(3);
    expect(() => frontierFrom(12, frontierBytes(frontier))).toThrow(RangeError);
    expect(() => frontierFrom(13, frontierBytes(frontier).subarray(1))).toThrow(RangeError);
  });

  it('appends to sizes past 32 bits', () => {
    const size = 2 ** 40 + 3;
    const hashes = [1, 2, 3].map((n) => Buffer.alloc(32, n));
    const more = extendFrontier({ size, hashes }, [Buffer.alloc(32, 9)]);
    expect(more.size).toBe(size + 1);
    expect(more.hashes).toHaveLength(2);
  });
});
