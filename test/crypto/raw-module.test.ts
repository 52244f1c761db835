import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blake2b, chooseBlake2b, wrappedBlake2b } from '../../src/crypto/blake2b.js';
import { chooseUnsealer, unseal, wrappedUnsealer } from '../../src/crypto/fast-unwrap.js';
import type { RawLibsodium } from '../../src/crypto/raw-libsodium.js';
import { chooseHashUnderWraps, hashUnderWraps, WRAPPED_KEY_BYTES, wrappedHashUnderWraps } from '../../src/crypto/hash-under-wraps.js';
import { sodium } from '../../src/crypto/sodium.js';
import { wrap } from '../../src/crypto/wrap.js';
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

  it('hashes under wrapped keys as the wrappers do, and under none that was changed', () => {
    expect(hashUnderWraps).not.toBe(wrappedHashUnderWraps);
    const secrets = fc.oneof(fc.array(key, { minLength: 1, maxLength: 5 }), fc.array(key, { minLength: 127, maxLength: 260 }));
    const messages = fc.array(fc.uint8Array({ maxLength: 2500 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(key, secrets, fc.nat({ max: 220 }), messages, fc.integer({ min: 1, max: 32 }), fc.nat(), (k, keys, placeBytes, given, kept, where) => {
        const places = keys.map((_, i) => Uint8Array.from({ length: placeBytes }, (__, at) => i * 31 + at * 7));
        const wrapped = { wraps: Buffer.concat(keys.map((secret, i) => wrap(k, secret, places[i]!))), places: Buffer.concat(places) };
        const hashes = hashUnderWraps(k, wrapped, given, kept);
        const expected = keys.flatMap((secret) => given.map((message) => sodium.crypto_generichash(32, message, secret).subarray(0, kept)));
        expect(Buffer.from(hashes)).toEqual(Buffer.concat(expected));
        expect(wrappedHashUnderWraps(k, wrapped, given, kept)).toEqual(hashes);
        const bit = where % (8 * wrapped.wraps.length);
        wrapped.wraps[bit >> 3]! ^= 1 << (bit & 7);
        for (const hash of [hashUnderWraps, wrappedHashUnderWraps]) {
          expect(refusalCode(() => hash(k, wrapped, given, kept))).toBe((bit >> 3) % WRAPPED_KEY_BYTES === 0 ? 'FORMAT_UNKNOWN' : 'NOT_AUTHENTIC');
        }
      }),
    );
  });

  it.each([[3, 0], [WRAPPED_KEY_BYTES + 1, 0], [2 * WRAPPED_KEY_BYTES, 3]])('takes no pieces that do not come out even: %s bytes of wraps and %s of places', (wraps, places) => {
    for (const hash of [hashUnderWraps, wrappedHashUnderWraps]) {
      const keys = { wraps: new Uint8Array(wraps).fill(1), places: new Uint8Array(places) };
      expect(refusalCode(() => hash(new Uint8Array(32), keys, [], 16))).toBe('LENGTH_WRONG');
    }
  });

  it('hashes under no keys at all', () => {
    const none = { wraps: new Uint8Array(0), places: new Uint8Array(0) };
    for (const hash of [hashUnderWraps, wrappedHashUnderWraps]) expect(hash(new Uint8Array(32), none, [new Uint8Array(5)], 16)).toEqual(new Uint8Array(0));
  });

  it('gives way to the wrappers when it is not there or does something else', async () => {
    const absent = (): Promise<RawLibsodium> => Promise.reject(new Error('no module'));
    expect([await chooseBlake2b(absent), await chooseUnsealer(absent)]).toEqual([wrappedBlake2b, wrappedUnsealer]);
    expect(await chooseHashUnderWraps(absent)).toBe(wrappedHashUnderWraps);
    const lying = (): Promise<RawLibsodium> => Promise.resolve(LIAR);
    expect([await chooseBlake2b(lying), await chooseUnsealer(lying)]).toEqual([wrappedBlake2b, wrappedUnsealer]);
    expect(await chooseHashUnderWraps(lying)).toBe(wrappedHashUnderWraps);
  });
});
