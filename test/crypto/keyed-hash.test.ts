import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { blake2b } from '@noble/hashes/blake2.js';
import fc from 'fast-check';
import { context } from '../../src/crypto/context.js';
import { keyedHash, keyedHash64, plainHash } from '../../src/crypto/keyed-hash.js';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const parts = fc.array(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 300 })), { maxLength: 4 });

describe('keyed hash', () => {
  it('is BLAKE2b, as another implementation has it', () => {
    fc.assert(
      fc.property(key, parts, (k, p) => {
        const message = context('label', ...p);
        expect(keyedHash(k, 'label', ...p)).toEqual(blake2b(message, { key: k, dkLen: 32 }));
        expect(keyedHash64(k, 'label', ...p)).toEqual(blake2b(message, { key: k, dkLen: 64 }));
        expect(plainHash('label', ...p)).toEqual(blake2b(message, { dkLen: 32 }));
      }),
    );
  });

  it('of 64 bytes is what OpenSSL says without a key', () => {
    expect(Buffer.from(blake2b(context('x'), { dkLen: 64 }))).toEqual(createHash('blake2b512').update(context('x')).digest());
  });

  it('gives nothing of the shorter hash away in the longer', () => {
    const k = new Uint8Array(32).fill(9);
    expect(keyedHash64(k, 'label', 'p').subarray(0, 32)).not.toEqual(keyedHash(k, 'label', 'p'));
    expect(keyedHash(k, 'label', 'p')).not.toEqual(keyedHash(k, 'lable', 'p'));
  });
});
