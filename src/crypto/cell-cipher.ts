import type { RawLibsodium } from './raw-libsodium.js';
import { sodium } from './sodium.js';

export const CELL_TAG_BYTES = 16;

/** A cell's place in a section: its number is its nonce, its bytes begin at `at`. */
export interface CellPlace {
  readonly number: number;
  readonly at: number;
  readonly width: number;
}

/** ChaCha20-Poly1305-IETF over the cells of one section, each with its number as nonce and no associated data. */
export interface CellCipher {
  /** Seals in place: each cell stands at its place in `section`, with room for its tag behind it. */
  seal(key: Uint8Array, section: Uint8Array, cells: readonly CellPlace[]): void;
  /** @returns the cells' plain bytes, or undefined at the first that was changed */
  open(key: Uint8Array, section: Uint8Array, cells: readonly CellPlace[]): Uint8Array[] | undefined;
}

/** Through the library's own wrappers: safe to rely on, and copies every cell several times. */
export const wrappedCipher: CellCipher = {
  seal(key, section, cells) {
    for (const { number, at, width } of cells) {
      const plain = section.slice(at, at + width);
      section.set(sodium.crypto_aead_chacha20poly1305_ietf_encrypt(plain, null, null, nonceOf(number), key), at);
      plain.fill(0);
    }
  },
  open(key, section, cells) {
    try {
      return cells.map(({ number, at, width }) => {
        const sealed = section.subarray(at, at + width + CELL_TAG_BYTES);
        return sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, sealed, null, nonceOf(number), key);
      });
    } catch {
      return undefined;
    }
  },
};

/** Unique under a section key by construction. */
function nonceOf(number: number): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(0, number, true);
  return nonce;
}

const SCRATCH_BYTES = 256 * 1024;

/**
 * The same on the wasm module itself: a whole section goes into one reused piece of its memory, is sealed there cell by cell
 * and comes out in one piece. The piece is wiped after each use.
 */
export function rawCipher(raw: RawLibsodium): CellCipher {
  const keyAt = raw._malloc(32);
  const nonceAt = raw._malloc(12);
  const scratch = raw._malloc(SCRATCH_BYTES);
  const within = <T>(key: Uint8Array, section: Uint8Array, work: () => T): T => {
    raw.HEAPU8.set(key, keyAt);
    raw.HEAPU8.fill(0, nonceAt, nonceAt + 12);
    raw.HEAPU8.set(section, scratch);
    try {
      return work();
    } finally {
      raw.HEAPU8.fill(0, keyAt, keyAt + 32);
      raw.HEAPU8.fill(0, scratch, scratch + section.length);
    }
  };
  const setNonce = (number: number): void => {
    raw.HEAPU8[nonceAt] = number & 0xff;
    raw.HEAPU8[nonceAt + 1] = number >> 8;
  };
  return {
    seal(key, section, cells) {
      if (section.length > SCRATCH_BYTES) return wrappedCipher.seal(key, section, cells);
      within(key, section, () => {
        for (const { number, at, width } of cells) {
          setNonce(number);
          const failed = raw._crypto_aead_chacha20poly1305_ietf_encrypt(scratch + at, 0, scratch + at, width, 0, 0, 0, 0, 0, nonceAt, keyAt);
          if (failed !== 0) throw new Error('a cell was not sealed'); // it would be stored as it is
        }
        section.set(raw.HEAPU8.subarray(scratch, scratch + section.length));
      });
    },
    open(key, section, cells) {
      if (section.length > SCRATCH_BYTES) return wrappedCipher.open(key, section, cells);
      return within(key, section, () => {
        const opened: Uint8Array[] = [];
        for (const { number, at, width } of cells) {
          setNonce(number);
          const length = width + CELL_TAG_BYTES;
          const failed = raw._crypto_aead_chacha20poly1305_ietf_decrypt(scratch + at, 0, 0, scratch + at, length, 0, 0, 0, 0, nonceAt, keyAt);
          if (failed !== 0) return undefined;
          opened.push(raw.HEAPU8.slice(scratch + at, scratch + at + width));
        }
        return opened;
      });
    },
  };
}
