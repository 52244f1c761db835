import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blake2b, chooseBlake2b, wrappedBlake2b } from '../../src/crypto/blake2b.js';
import { chooseUnsealer, unseal, wrappedUnsealer } from '../../src/crypto/fast-unwrap.js';
import type { RawLibsodium } from '../../src/crypto/raw-libsodium.js';
import { chooseHashUnderKeys, hashUnderKeys, wrappedHashUnderKeys } from '../../src/crypto/hash-under-keys.js';
import { sodium } from '../../src/crypto/sodium.js';
import { refusalCode } from '../support/refusal-code.js';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const nonce = fc.uint8Array({ minLength: 24, maxLength: 24 });
const bytes = fc.uint8Array({ maxLength: 5000 });
const parts = fc.array(fc.oneof(bytes, fc.string(), fc.maxSafeNat()), { maxLength: 6 });

/** Says that it has done everything, and does nothing. */
const LIAR: RawLibsodium = {
  HEAPU8: new Uint8Array(1 << 20),
  _malloc: () => 0,
  _crypto_aead_chacha20poly1305_ietf_encrypt: () => 0,
  _crypto_aead_chacha20poly1305_ietf_decrypt: () => 0,
  _crypto_aead_xchacha20poly1305_ietf_decrypt: () => 0,
  _crypto_generichash: () => 0,
};

describe('the raw module', () => {
  it('hashes exactly what the library’s wrappers hash', () => {
    expect(blake2b).not.toBe(wrappedBlake2b);
    fc.assert(
      fc.property(key, fc.string(), parts, fc.constantFrom(32, 64), (k, label, given, length) => {
        for (const under of [k, null]) expect(blake2b(length, under, label, given)).toEqual(wrappedBlake2b(length, under, label, given));
      }),
    );
    const long = [new Uint8Array(200_000).fill(7)];
    expect(blake2b(32, null, 'long', long)).toEqual(wrappedBlake2b(32, null, 'long', long));
  });

  it('opens what the wrappers seal, and nothing that was changed', () => {
    expect(unseal).not.toBe(wrappedUnsealer);
    fc.assert(
      fc.property(key, nonce, bytes, bytes, fc.nat(), (k, n, secret, place, where) => {
        const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(secret, place, null, n, k);
        expect(unseal(k, n, sealed, place)).toEqual(secret);
        expect(unseal(k, n, sealed, Uint8Array.of(...place, 0))).toBeUndefined();
        sealed[(where >> 3) % sealed.length]! ^= 1 << (where & 7);
        expect(unseal(k, n, sealed, place)).toBeUndefined();
      }),
    );
    expect(unseal(new Uint8Array(32), new Uint8Array(24), new Uint8Array(3), new Uint8Array(0))).toBeUndefined();
  });

  it('hashes under many keys as the wrappers do', () => {
    expect(hashUnderKeys).not.toBe(wrappedHashUnderKeys);
    const many = fc.oneof(fc.array(key, { minLength: 1, maxLength: 5 }), fc.array(key, { minLength: 127, maxLength: 260 }));
    const messages = fc.array(fc.uint8Array({ maxLength: 2500 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(many, messages, fc.integer({ min: 1, max: 32 }), (keys, given, kept) => {
        const expected = keys.flatMap((k) => given.map((message) => sodium.crypto_generichash(32, message, k).subarray(0, kept)));
        for (const hash of [hashUnderKeys, wrappedHashUnderKeys]) expect(Buffer.from(hash(Buffer.concat(keys), given, kept))).toEqual(Buffer.concat(expected));
      }),
    );
  });

  it('takes no keys that do not come out even, and hashes under none at all', () => {
    for (const hash of [hashUnderKeys, wrappedHashUnderKeys]) {
      expect(refusalCode(() => hash(new Uint8Array(33), [], 16))).toBe('LENGTH_WRONG');
      expect(hash(new Uint8Array(0), [new Uint8Array(5)], 16)).toEqual(new Uint8Array(0));
    }
  });

  it('gives way to the wrappers when it is not there or does something else', async () => {
    const absent = (): Promise<RawLibsodium> => Promise.reject(new Error('no module'));
    expect([await chooseBlake2b(absent), await chooseUnsealer(absent)]).toEqual([wrappedBlake2b, wrappedUnsealer]);
    expect(await chooseHashUnderKeys(absent)).toBe(wrappedHashUnderKeys);
    const lying = (): Promise<RawLibsodium> => Promise.resolve(LIAR);
    expect([await chooseBlake2b(lying), await chooseUnsealer(lying)]).toEqual([wrappedBlake2b, wrappedUnsealer]);
    expect(await chooseHashUnderKeys(lying)).toBe(wrappedHashUnderKeys);
  });
});
