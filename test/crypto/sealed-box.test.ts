import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomBytes } from '../../src/crypto/random.js';
import { keyPairOf, newKeyPair, openBox, sealTo } from '../../src/crypto/sealed-box.js';
import { refusalCode } from '../support/refusal-code.js';

describe('sealed box', () => {
  const keys = newKeyPair();

  it('opens for the key pair it was sealed to, whatever it holds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (secret) => {
        expect(openBox(keys, sealTo(keys.publicKey, secret))).toEqual(secret);
      }),
    );
  });

  it('is refused for another pair, with any bit changed, and cut short at any length', () => {
    const box = sealTo(keys.publicKey, randomBytes(32));
    expect(refusalCode(() => openBox(newKeyPair(), box))).toBe('NOT_AUTHENTIC');
    for (let bit = 0; bit < box.length * 8; bit++) {
      if (bit === 255) continue; // X25519 ignores the last bit of the ephemeral public key, RFC 7748 section 5
      const changed = box.slice();
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(refusalCode(() => openBox(keys, changed))).toBe('NOT_AUTHENTIC');
    }
    for (let length = 0; length < box.length; length++) expect(refusalCode(() => openBox(keys, box.subarray(0, length)))).toBe('NOT_AUTHENTIC');
  });

  it('never seals to a public key that anybody can open, such as zero', () => {
    for (const weak of [new Uint8Array(32), new Uint8Array(32).fill(1, 0, 1)]) expect(() => sealTo(weak, randomBytes(32))).toThrow();
  });

  it('knows the pair of a secret key', () => {
    expect(keyPairOf(keys.secretKey)).toEqual(keys);
  });
});
