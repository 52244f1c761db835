import { readFileSync } from 'node:fs';
import { generateKeyPairSync, sign } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatCheckpoint } from '../../src/audit/checkpoint.js';
import { leavesOf } from '../../src/audit/export/entry-bundle.js';
import { tilePath } from '../../src/audit/export/tile-path.js';
import { leafHash } from '../../src/audit/merkle.js';
import { formatNote } from '../../src/audit/signed-note.js';
import { inclusionRanges } from '../../src/audit/tiles/leaf-range.js';
import { formatTlogProof, parseTlogProof, verifyTlogProof } from '../../src/audit/tlog-proof.js';
import { parseVerifierKey, verifierKey } from '../../src/audit/verifier-key.js';
import { itWithShared } from '../support/shared-inputs.js';
import { TilesInMemory } from './tiles-in-memory.js';

const ORIGIN = 'example.org/log';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const key = verifierKey(ORIGIN, publicKey);

function signed(size: number, root: Buffer, origin = ORIGIN): string {
  const text = formatCheckpoint({ origin, size, root });
  return formatNote({ text, signatures: [{ name: key.name, keyId: key.keyId, signature: sign(null, Buffer.from(text), privateKey) }] });
}

const leaf = (i: number): Buffer => leafHash(Buffer.from(`entry ${i}`));
const tree = new TilesInMemory(Array.from({ length: 300 }, (_, i) => leaf(i)));
const proofOf = (index: number, size: number): string =>
  formatTlogProof({ index, hashes: tree.hashes(inclusionRanges(index, size), size), checkpoint: signed(size, tree.root(size)) });

describe('a tlog-proof', () => {
  it('has the lines of the specification, in their order', () => {
    const text = proofOf(2, 3);
    const sibling = tree.root(2).toString('base64');
    expect(text).toBe(`c2sp.org/tlog-proof@v1\nindex 2\n${sibling}\n\n${signed(3, tree.root(3))}`);
    expect(proofOf(0, 1).startsWith('c2sp.org/tlog-proof@v1\nindex 0\n\nexample.org/log\n1\n')).toBe(true);
  });

  it('shows every entry of a signed tree, and no other entry, place or tree', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (size, at) => {
        const index = at % size;
        const text = proofOf(index, size);
        expect(verifyTlogProof(text, leaf(index), key)).toMatchObject({ index, checkpoint: { origin: ORIGIN, size } });
        expect(verifyTlogProof(text, leaf(index + 1), key)).toBeUndefined();
        expect(verifyTlogProof(text.replace(/^index \d+$/m, `index ${index + 1}`), leaf(index), key)).toBeUndefined();
        expect(verifyTlogProof(text, leaf(index), verifierKey(ORIGIN, generateKeyPairSync('ed25519').publicKey))).toBeUndefined();
        expect(verifyTlogProof(formatTlogProof({ ...parseTlogProof(text)!, checkpoint: signed(size, tree.root(size), 'example.org/other') }), leaf(index), key)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it('is none once any of its bytes is another', () => {
    const text = Buffer.from(proofOf(17, 300));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(text);
        changed[at]! ^= change;
        expect(verifyTlogProof(changed.toString('utf8'), leaf(17), key)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('may carry extra data, which is not believed, and signatures of others', () => {
    const extra = proofOf(5, 9).replace('@v1\n', '@v1\nextra YWRkZWQ=\n');
    expect(verifyTlogProof(extra, leaf(5), key)).toMatchObject({ index: 5 });
    const other = `\u2014 witness.example ${Buffer.alloc(68, 7).toString('base64')}\n`;
    expect(verifyTlogProof(`${proofOf(5, 9)}${other}`, leaf(5), key)).toMatchObject({ index: 5 });
  });

  it.each<readonly [string, (text: string) => string]>([
    ['another version', (text) => text.replace('@v1', '@v2')],
    ['no index', (text) => text.replace(/index \d+\n/, '')],
    ['an index with a zero before it', (text) => text.replace('index 5', 'index 05')],
    ['an index past what numbers hold', (text) => text.replace('index 5', 'index 9007199254740993')],
    ['extra data twice', (text) => text.replace('index', 'extra YWRkZWQ=\nextra YWRkZWQ=\nindex')],
    ['extra data that is not base64', (text) => text.replace('index', 'extra YWRkZWR=\nindex')],
    ['extra data after the index', (text) => text.replace('index 5\n', 'index 5\nextra YWRkZWQ=\n')],
    ['a short hash', (text) => text.replace('index 5\n', 'index 5\nAAAA\n')],
    ['more hashes than a tree has levels', (text) => text.replace('index 5\n', `index 5\n${`${leaf(1).toString('base64')}\n`.repeat(50)}`)],
    ['carriage returns', (text) => text.replaceAll('\n', '\r\n')],
    ['no checkpoint', (text) => text.slice(0, text.indexOf('\n\n'))],
    ['nothing', () => ''],
  ])('is none with %s', (_, change) => expect(verifyTlogProof(change(proofOf(5, 9)), leaf(5), key)).toBeUndefined());

  itWithShared('is made of a published log, and verifies with its key', 'vectors/tessera/log', (folder) => {
    const published = parseVerifierKey(readFileSync(join(folder, '..', 'vkey'), 'utf8').trim())!;
    for (let size = 1; size <= 15; size++) {
      const leaves = leavesOf(readFileSync(join(folder, tilePath('entries', 0, size))))!.map(leafHash);
      const checkpoint = readFileSync(join(folder, `checkpoint.${size}`), 'utf8');
      for (const [index, hash] of leaves.entries()) {
        const hashes = new TilesInMemory(leaves).hashes(inclusionRanges(index, size), size);
        expect([size, verifyTlogProof(formatTlogProof({ index, hashes, checkpoint }), hash, published)?.index]).toEqual([size, index]);
      }
    }
  });
});
