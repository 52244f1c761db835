import { equalBytes } from './bytes.js';
import { loadRaw, rawOrWrapped, type RawLibsodium } from './raw-libsodium.js';
import { SealRefusal } from './seal-refusal.js';
import { sodium } from './sodium.js';

/**
 * Keyed BLAKE2b-256 of each message under each of many keys, of which the first bytes are kept: key by key, and for each the
 * messages in their order, in one piece.
 * @param keys 32 bytes each, one after the other; the caller wipes them
 * @param messages whole contexts, as `keyedHash` makes one of its label and parts
 * @param kept bytes of each hash, at most 32
 * @throws SealRefusal LENGTH_WRONG when the keys do not come out even
 */
export type HashUnderKeys = (keys: Uint8Array, messages: readonly Uint8Array[], kept: number) => Uint8Array;

const KEY_BYTES = 32;
const HASH_BYTES = 32;
/** Keys in the module's memory at once. */
const BATCH = 128;
/** Of the module's memory, for all messages and for the hashes of a batch; what is longer goes through the wrappers. */
const [MESSAGES_ROOM, HASHES_ROOM] = [4096, BATCH * 4 * HASH_BYTES];

/** The raw module where it does exactly what the wrappers do, else the wrappers, as with cells: a search makes tags under a year of keys. */
export const hashUnderKeys: HashUnderKeys = await chooseHashUnderKeys(loadRaw);

export function chooseHashUnderKeys(load: () => Promise<RawLibsodium>): Promise<HashUnderKeys> {
  return rawOrWrapped(load, rawHashUnderKeys, agrees, wrappedHashUnderKeys);
}

export function wrappedHashUnderKeys(keys: Uint8Array, messages: readonly Uint8Array[], kept: number): Uint8Array {
  const count = countOf(keys);
  const out = new Uint8Array(count * messages.length * kept);
  let end = 0;
  for (let i = 0; i < count; i++) {
    const key = keys.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES);
    for (const message of messages) {
      out.set(sodium.crypto_generichash(HASH_BYTES, message, key).subarray(0, kept), end);
      end += kept;
    }
  }
  return out;
}

function countOf(keys: Uint8Array): number {
  const count = keys.length / KEY_BYTES;
  if (!Number.isInteger(count)) throw new SealRefusal('LENGTH_WRONG');
  return count;
}

/** All of it is wiped from the module's memory in the end. */
function rawHashUnderKeys(raw: RawLibsodium): HashUnderKeys {
  const [keysAt, messagesAt, hashesAt] = [raw._malloc(BATCH * KEY_BYTES), raw._malloc(MESSAGES_ROOM), raw._malloc(HASHES_ROOM)];
  const hash = (outAt: number, at: number, length: number, keyAt: number): void => {
    const failed = raw._crypto_generichash(outAt, HASH_BYTES, at, length, 0, keyAt, KEY_BYTES);
    if (failed !== 0) throw new Error('nothing was hashed'); // what stands there is another message's
  };
  return (keys, messages, kept) => {
    const count = countOf(keys);
    const size = messages.reduce((sum, { length }) => sum + length, 0);
    if (size > MESSAGES_ROOM || (BATCH * messages.length + 1) * HASH_BYTES > HASHES_ROOM) return wrappedHashUnderKeys(keys, messages, kept);
    const out = new Uint8Array(count * messages.length * kept);
    try {
      let end = messagesAt;
      const asked = messages.map((message) => {
        const at = end;
        raw.HEAPU8.set(message, at);
        end += message.length;
        return { at, length: message.length };
      });
      for (let first = 0; first < count; first += BATCH) {
        const some = Math.min(BATCH, count - first);
        raw.HEAPU8.set(keys.subarray(first * KEY_BYTES, (first + some) * KEY_BYTES), keysAt);
        let outAt = hashesAt;
        for (let i = 0; i < some; i++) {
          for (const { at, length } of asked) {
            hash(outAt, at, length, keysAt + i * KEY_BYTES);
            outAt += kept; // the next one overwrites what is not kept
          }
        }
        out.set(raw.HEAPU8.subarray(hashesAt, outAt), first * messages.length * kept);
      }
      return out;
    } finally {
      for (const [at, length] of [[keysAt, BATCH * KEY_BYTES], [hashesAt, HASHES_ROOM], [messagesAt, size]] as const) {
        raw.HEAPU8.fill(0, at, at + length);
      }
    }
  };
}

/** Of a batch and one more, so that both ends of a batch are compared. */
function agrees(raw: HashUnderKeys): boolean {
  const bytes = (length: number, factor: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i * factor);
  const messages = [bytes(0, 1), bytes(60, 13), bytes(200, 17)];
  const keys = bytes((BATCH + 1) * KEY_BYTES, 7);
  return equalBytes(raw(keys, messages, 16), wrappedHashUnderKeys(keys, messages, 16));
}
