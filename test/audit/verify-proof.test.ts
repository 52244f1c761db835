import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leafHash } from '../../src/audit/merkle.js';
import { verifyConsistency, verifyInclusion } from '../../src/audit/verify-proof.js';
import { itWithShared } from '../support/shared-inputs.js';
import { naiveConsistency, naiveInclusion, naiveRoot } from './naive-tree.js';

interface InclusionVector {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

interface ConsistencyVector {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
const tree = fc.array(fc.uint8Array({ maxLength: 4 }), { minLength: 1, maxLength: 40 });

describe('inclusion', () => {
  itWithShared('agrees with the published vectors, good and tampered', 'vectors/merkle/inclusion', (folder) => {
    const wrong = vectorsIn<InclusionVector>(folder).filter(({ vector: v }) => {
      const ok = verifyInclusion(v.leafIdx, v.treeSize, bytes(v.leafHash), (v.proof ?? []).map(bytes), bytes(v.root));
      return ok === v.wantErr;
    });
    expect(wrong).toEqual([]);
  });

  it('is shown for every entry of every tree, and for nothing else', () => {
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat(), (entries, at, flip) => {
        const index = at % entries.length;
        const [root, proof, leaf] = [naiveRoot(entries), naiveInclusion(index, entries), leafHash(entries[index]!)];
        expect(verifyInclusion(index, entries.length, leaf, proof, root)).toBe(true);
        expect(verifyInclusion(index, entries.length, flipped(leaf, flip), proof, root)).toBe(false);
        expect(verifyInclusion(index, entries.length, leaf, [...proof, root], root)).toBe(false);
        expect(verifyInclusion(index, entries.length, leaf, proof.slice(1), root)).toBe(proof.length === 0);
        expect(verifyInclusion(entries.length, entries.length, leaf, proof, root)).toBe(false);
      }),
    );
  });
});

describe('consistency', () => {
  itWithShared('agrees with the published vectors, good and tampered', 'vectors/merkle/consistency', (folder) => {
    const wrong = vectorsIn<ConsistencyVector>(folder).filter(({ vector: v }) => {
      const [older, newer] = [{ size: v.size1, root: bytes(v.root1) }, { size: v.size2, root: bytes(v.root2) }];
      return verifyConsistency(older, newer, (v.proof ?? []).map(bytes)) === v.wantErr;
    });
    expect(wrong).toEqual([]);
  });

  it('is shown between every two sizes of a tree', () => {
    const entries = Array.from({ length: 33 }, (_, i) => Buffer.of(i));
    const roots = Array.from({ length: 34 }, (_, n) => naiveRoot(entries.slice(0, n)));
    for (let n = 0; n <= 33; n++) {
      for (let m = 0; m <= n; m++) {
        const proof = naiveConsistency(m, entries.slice(0, n));
        const shown = verifyConsistency({ size: m, root: roots[m]! }, { size: n, root: roots[n]! }, proof);
        expect([m, n, shown]).toEqual([m, n, true]);
      }
    }
  });

  it('is not shown for a tree whose past was changed, nor by a changed proof', () => {
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat(), fc.nat(), (entries, cut, which, flip) => {
        const m = 1 + (cut % entries.length);
        const older = { size: m, root: naiveRoot(entries.slice(0, m)) };
        const newer = { size: entries.length, root: naiveRoot(entries) };
        const proof = naiveConsistency(m, entries);
        const rewritten = entries.map((entry, i) => (i === which % m ? Buffer.concat([entry, Buffer.of(1)]) : entry));
        expect(verifyConsistency(older, { ...newer, root: naiveRoot(rewritten) }, naiveConsistency(m, rewritten))).toBe(false);
        expect(verifyConsistency(older, newer, [...proof, newer.root])).toBe(false);
        expect(verifyConsistency({ ...older, root: flipped(older.root, flip) }, newer, proof)).toBe(false);
        if (proof.length > 0) {
          const changed = proof.map((hash, i) => (i === which % proof.length ? flipped(hash, flip) : hash));
          expect(verifyConsistency(older, newer, changed)).toBe(false);
          expect(verifyConsistency(older, newer, proof.slice(0, -1))).toBe(false);
        }
      }),
    );
  });

  it('refuses a smaller tree, fractions and short hashes', () => {
    const root = Buffer.alloc(32, 1);
    expect(verifyConsistency({ size: 2, root }, { size: 1, root }, [])).toBe(false);
    expect(verifyConsistency({ size: 0.5, root }, { size: 1, root }, [])).toBe(false);
    expect(verifyConsistency({ size: 0, root: Buffer.alloc(0) }, { size: 1, root }, [])).toBe(false);
    expect(verifyConsistency({ size: 1, root: Buffer.alloc(0) }, { size: 2, root }, [root])).toBe(false);
  });
});

function vectorsIn<T extends { readonly wantErr: boolean }>(folder: string): { file: string; vector: T }[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  const vectors = files.map((file) => ({ file, vector: JSON.parse(readFileSync(join(folder, file), 'utf8')) as T }));
  expect(vectors.some(({ vector }) => vector.wantErr) && vectors.some(({ vector }) => !vector.wantErr)).toBe(true);
  return vectors;
}

/** The same bytes but for one bit. */
function flipped(hash: Uint8Array, bit: number): Buffer {
  const changed = Buffer.from(hash);
  const at = bit % (changed.length * 8);
  changed[at >> 3]! ^= 1 << (at & 7);
  return changed;
}
