import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CELL_TAG_BYTES, wrappedCipher, type CellCipher } from '../../src/crypto/cell-cipher.js';
import { cellCipher, chooseCipher } from '../../src/crypto/fast-cipher.js';
import type { PaddedCells } from '../../src/crypto/padded-cells.js';
import type { RawLibsodium } from '../../src/crypto/raw-libsodium.js';
import { joined } from '../support/cells.js';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const cells = fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 });

const FROM = 5;

function sealed(cipher: CellCipher, k: Uint8Array, { bytes, widths }: PaddedCells): Uint8Array {
  const section = new Uint8Array(FROM + bytes.length + widths.length * CELL_TAG_BYTES);
  cipher.seal(k, bytes, widths, section, FROM);
  return section;
}

describe('the fast cell cipher', () => {
  it('is in use here', () => {
    expect(cellCipher).not.toBe(wrappedCipher);
  });

  it('does exactly what the library’s wrappers do', () => {
    fc.assert(
      fc.property(key, cells, (k, plain) => {
        const { bytes, widths } = joined(plain);
        const [fast, slow] = [sealed(cellCipher, k, joined(plain)), sealed(wrappedCipher, k, joined(plain))];
        expect(fast).toEqual(slow);
        const some = [...plain.keys()].filter((number) => number % 3 !== 1).reverse();
        for (const cipher of [cellCipher, wrappedCipher]) {
          expect(cipher.open(k, slow, FROM, widths)).toEqual(bytes);
          expect(cipher.open(k, fast, FROM, widths, some)).toEqual(joined(some.map((number) => plain[number]!)).bytes);
        }
      }),
    );
  });

  it('opens nothing that was changed', () => {
    fc.assert(
      fc.property(key, cells, fc.nat(), (k, plain, where) => {
        const all = joined([...plain, new Uint8Array(3)]);
        const section = sealed(cellCipher, k, all);
        section[FROM + ((where >> 3) % (section.length - FROM))]! ^= 1 << (where & 7);
        for (const cipher of [cellCipher, wrappedCipher]) expect(cipher.open(k, section, FROM, all.widths)).toBeUndefined();
      }),
    );
  });

  it('takes sections larger than its piece of memory', () => {
    const plain = [new Uint8Array(200_000).fill(1), new Uint8Array(100_000).fill(2)];
    const { bytes, widths } = joined(plain);
    const section = sealed(cellCipher, new Uint8Array(32), { bytes, widths });
    expect(cellCipher.open(new Uint8Array(32), section, FROM, widths)).toEqual(bytes);
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
