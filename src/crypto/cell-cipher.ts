import { totalWidth } from './padded-cells.js';
import type { RawLibsodium } from './raw-libsodium.js';
import { sodium } from './sodium.js';

export const CELL_TAG_BYTES = 16;

/**
 * ChaCha20-Poly1305-IETF over the cells of one section, each with its number as nonce and no associated data. Sealed, they
 * stand one behind the other, each followed by its tag.
 */
export interface CellCipher {
  /** Writes the sealed cells into `section`, from `from` on, where the caller has seen to the room. */
  seal(key: Uint8Array, cells: Uint8Array, widths: readonly number[], section: Uint8Array, from: number): void;
  /**
   * @param wanted numbers of cells; absent = all. What is not asked for stays sealed
   * @returns the wanted cells one behind the other, or undefined at the first that was changed
   */
  open(key: Uint8Array, section: Uint8Array, from: number, widths: readonly number[], wanted?: readonly number[]): Uint8Array | undefined;
}

/** Through the library's own wrappers: safe to rely on, and copies every cell several times. */
export const wrappedCipher: CellCipher = {
  seal(key, cells, widths, section, from) {
    let [plainAt, sealedAt] = [0, from];
    for (const [number, width] of widths.entries()) {
      const plain = cells.subarray(plainAt, plainAt + width);
      section.set(sodium.crypto_aead_chacha20poly1305_ietf_encrypt(plain, null, null, nonceOf(number), key), sealedAt);
      plainAt += width;
      sealedAt += width + CELL_TAG_BYTES;
    }
  },
  open(key, section, from, widths, wanted = widths.map((_, number) => number)) {
    const starts = startsOf(widths, from);
    const opened = new Uint8Array(totalWidth(wanted.map((number) => widths[number]!)));
    let next = 0;
    try {
      for (const number of wanted) {
        const sealed = section.subarray(starts[number]!, starts[number]! + widths[number]! + CELL_TAG_BYTES);
        opened.set(sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, sealed, null, nonceOf(number), key), next);
        next += widths[number]!;
      }
    } catch {
      opened.fill(0);
      return undefined;
    }
    return opened;
  },
};

/** Unique under a section key by construction: it seals one list of cells once. */
function nonceOf(number: number): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(0, number, true);
  return nonce;
}

function startsOf(widths: readonly number[], from: number): readonly number[] {
  const starts: number[] = [];
  let at = from;
  for (const width of widths) {
    starts.push(at);
    at += width + CELL_TAG_BYTES;
  }
  return starts;
}

const SCRATCH_BYTES = 256 * 1024;

/**
 * The same on the wasm module itself: the cells of a whole section go into one reused piece of its memory, are sealed there
 * one by one into another, and come out in one piece. Key and plain cells are wiped there after each use.
 */
export function rawCipher(raw: RawLibsodium): CellCipher {
  // Looked up once: the module is a large object, and a lookup for each cell takes a tenth of the whole.
  const { _crypto_aead_chacha20poly1305_ietf_encrypt: encrypt, _crypto_aead_chacha20poly1305_ietf_decrypt: decrypt } = raw;
  const keyAt = raw._malloc(32);
  const nonceAt = raw._malloc(12);
  const plain = raw._malloc(SCRATCH_BYTES);
  const sealed = raw._malloc(SCRATCH_BYTES);
  raw.HEAPU8.fill(0, nonceAt, nonceAt + 12);
  const setNonce = (heap: Uint8Array, number: number): void => {
    heap[nonceAt] = number & 0xff;
    heap[nonceAt + 1] = number >> 8;
  };
  const wipe = (heap: Uint8Array, plainBytes: number): void => {
    heap.fill(0, keyAt, keyAt + 32);
    heap.fill(0, plain, plain + plainBytes);
  };
  return {
    seal(key, cells, widths, section, from) {
      const length = cells.length + widths.length * CELL_TAG_BYTES;
      if (length > SCRATCH_BYTES || widths.length > 0xffff) return wrappedCipher.seal(key, cells, widths, section, from);
      const heap = raw.HEAPU8; // the memory moves when it grows, and nothing here makes it grow
      try {
        heap.set(key, keyAt);
        heap.set(cells, plain);
        let plainAt = plain;
        let sealedAt = sealed;
        for (let number = 0; number < widths.length; number += 1) {
          const width = widths[number]!;
          setNonce(heap, number);
          const failed = encrypt(sealedAt, 0, plainAt, width, 0, 0, 0, 0, 0, nonceAt, keyAt);
          if (failed !== 0) throw new Error('a cell was not sealed'); // what stands there is another section's
          plainAt += width;
          sealedAt += width + CELL_TAG_BYTES;
        }
        section.set(heap.subarray(sealed, sealed + length), from);
      } finally {
        wipe(heap, cells.length);
      }
    },
    open(key, section, from, widths, wanted) {
      if (section.length > SCRATCH_BYTES || widths.length > 0xffff) return wrappedCipher.open(key, section, from, widths, wanted);
      const heap = raw.HEAPU8;
      let plainAt = plain;
      const open = (number: number, sealedAt: number): boolean => {
        const width = widths[number]!;
        setNonce(heap, number);
        const failed = decrypt(plainAt, 0, 0, sealedAt, width + CELL_TAG_BYTES, 0, 0, 0, 0, nonceAt, keyAt);
        plainAt += width;
        return failed === 0;
      };
      try {
        heap.set(key, keyAt);
        heap.set(section, sealed);
        if (wanted) {
          const starts = startsOf(widths, sealed + from);
          for (const number of wanted) if (!open(number, starts[number]!)) return undefined;
        } else {
          let sealedAt = sealed + from;
          for (let number = 0; number < widths.length; number += 1) {
            if (!open(number, sealedAt)) return undefined;
            sealedAt += widths[number]! + CELL_TAG_BYTES;
          }
        }
        return heap.slice(plain, plainAt);
      } finally {
        wipe(heap, plainAt - plain);
      }
    },
  };
}
