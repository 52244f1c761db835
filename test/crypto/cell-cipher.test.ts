import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CELL_TAG_BYTES, wrappedCipher, type CellPlace } from '../../src/crypto/cell-cipher.js';
import { cellCipher, chooseCipher } from '../../src/crypto/fast-cipher.js';
import type { RawLibsodium } from '../../src/crypto/raw-libsodium.js';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const cells = fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 });

function lay(plain: readonly Uint8Array[]): { section: Uint8Array; places: CellPlace[] } {
  let at = 0;
  const places = plain.map((cell, number) => {
    const place = { number, at, width: cell.length };
    at += cell.length + CELL_TAG_BYTES;
    return place;
  });
  const section = new Uint8Array(at);
  for (const place of places) section.set(plain[place.number]!, place.at);
  return { section, places };
}

describe('the fast cell cipher', () => {
  it('is in use here', () => {
    expect(cellCipher).not.toBe(wrappedCipher);
  });

  it('does exactly what the library’s wrappers do', () => {
    fc.assert(
      fc.property(key, cells, (k, plain) => {
        const [fast, slow] = [lay(plain), lay(plain)];
        cellCipher.seal(k, fast.section, fast.places);
        wrappedCipher.seal(k, slow.section, slow.places);
        expect(fast.section).toEqual(slow.section);
        expect(cellCipher.open(k, slow.section, slow.places)).toEqual(plain);
        expect(wrappedCipher.open(k, fast.section, fast.places)).toEqual(plain);
      }),
    );
  });

  it('opens nothing that was changed', () => {
    fc.assert(
      fc.property(key, cells, fc.nat(), (k, plain, where) => {
        const { section, places } = lay([...plain, new Uint8Array(3)]);
        cellCipher.seal(k, section, places);
        section[(where >> 3) % section.length]! ^= 1 << (where & 7);
        expect(cellCipher.open(k, section, places)).toBeUndefined();
      }),
    );
  });

  it('takes sections larger than its piece of memory', () => {
    const plain = [new Uint8Array(200_000).fill(1), new Uint8Array(100_000).fill(2)];
    const { section, places } = lay(plain);
    cellCipher.seal(new Uint8Array(32), section, places);
    expect(cellCipher.open(new Uint8Array(32), section, places)).toEqual(plain);
  });

  it('gives way to the wrappers when the module is not there or does something else', async () => {
    expect(await chooseCipher(() => Promise.reject(new Error('no module')))).toBe(wrappedCipher);
    const heap = new Uint8Array(1 << 20);
    const liar: RawLibsodium = {
      HEAPU8: heap,
      _malloc: () => 0,
      _crypto_aead_chacha20poly1305_ietf_encrypt: () => 0,
      _crypto_aead_chacha20poly1305_ietf_decrypt: () => 0,
      _crypto_aead_xchacha20poly1305_ietf_decrypt: () => 0,
      _crypto_generichash: () => 0,
    };
    expect(await chooseCipher(() => Promise.resolve(liar))).toBe(wrappedCipher);
  });
});
