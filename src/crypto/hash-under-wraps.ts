import { equalBytes, wipe } from './bytes.js';
import { loadRaw, type RawLibsodium } from './raw-libsodium.js';
import { SealRefusal } from './seal-refusal.js';
import { sodium } from './sodium.js';
import { unwrap, wrap, WRAP_OVERHEAD } from './wrap.js';

/** Wrapped keys of 32 bytes, and the places they were wrapped for: each in one piece, one after the other. */
export interface WrappedKeys {
  /** `WRAPPED_KEY_BYTES` each. */
  readonly wraps: Uint8Array;
  /** As many, all of one length. */
  readonly places: Uint8Array;
}

/**
 * Keyed BLAKE2b-256 of each message under each of many wrapped keys, of which the first bytes are kept: key by key, and for each
 * the messages in their order, in one piece. The keys are opened for this alone, and none outlives the call.
 * @param messages whole contexts, as `keyedHash` makes one of its label and parts
 * @param kept bytes of each hash, at most 32
 * @throws SealRefusal as `unwrap` does, at the first key that does not open; LENGTH_WRONG when the pieces do not come out even
 */
export type HashUnderWraps = (key: Uint8Array, keys: WrappedKeys, messages: readonly Uint8Array[], kept: number) => Uint8Array;

const KEY_BYTES = 32;
const HASH_BYTES = 32;
export const WRAPPED_KEY_BYTES = KEY_BYTES + WRAP_OVERHEAD;
const SEALED_BYTES = KEY_BYTES + 16;
const NONCE_BYTES = WRAPPED_KEY_BYTES - SEALED_BYTES - 1;
/** Wraps in the module's memory at once. */
const BATCH = 128;
/** Of the module's memory, for the places of a batch, for all messages and for the hashes of a batch; what is longer goes through the wrappers. */
const [PLACES_ROOM, MESSAGES_ROOM, HASHES_ROOM] = [BATCH * 200, 4096, BATCH * 4 * HASH_BYTES];

/** The raw module where it does exactly what the wrappers do, else the wrappers, as with cells: a search opens a year of keys. */
export const hashUnderWraps: HashUnderWraps = await chooseHashUnderWraps(loadRaw);

export async function chooseHashUnderWraps(load: () => Promise<RawLibsodium>): Promise<HashUnderWraps> {
  try {
    const raw = rawHashUnderWraps(await load());
    return agrees(raw) ? raw : wrappedHashUnderWraps;
  } catch {
    return wrappedHashUnderWraps;
  }
}

export function wrappedHashUnderWraps(key: Uint8Array, keys: WrappedKeys, messages: readonly Uint8Array[], kept: number): Uint8Array {
  const { count, placeBytes } = shapeOf(keys);
  const out = new Uint8Array(count * messages.length * kept);
  let end = 0;
  for (let i = 0; i < count; i++) {
    const opened = unwrap(key, part(keys.wraps, i, WRAPPED_KEY_BYTES), part(keys.places, i, placeBytes));
    for (const message of messages) {
      out.set(sodium.crypto_generichash(HASH_BYTES, message, opened).subarray(0, kept), end);
      end += kept;
    }
    wipe(opened);
  }
  return out;
}

function shapeOf({ wraps, places }: WrappedKeys): { readonly count: number; readonly placeBytes: number } {
  const count = wraps.length / WRAPPED_KEY_BYTES;
  const placeBytes = count === 0 ? 0 : places.length / count;
  if (!Number.isInteger(count) || !Number.isInteger(placeBytes)) throw new SealRefusal('LENGTH_WRONG');
  return { count, placeBytes };
}

function part(bytes: Uint8Array, i: number, length: number): Uint8Array {
  return bytes.subarray(i * length, (i + 1) * length);
}

/** Each key is opened where it is used, in the module's memory, and never leaves it; all of it is wiped in the end. */
function rawHashUnderWraps(raw: RawLibsodium): HashUnderWraps {
  const [keyAt, openedAt, wrapsAt] = [raw._malloc(KEY_BYTES), raw._malloc(KEY_BYTES), raw._malloc(BATCH * WRAPPED_KEY_BYTES)];
  const [placesAt, messagesAt, hashesAt] = [raw._malloc(PLACES_ROOM), raw._malloc(MESSAGES_ROOM), raw._malloc(HASHES_ROOM)];
  const open = (wrapAt: number, placeAt: number, placeBytes: number): void => {
    const [nonceAt, sealedAt] = [wrapAt + 1, wrapAt + 1 + NONCE_BYTES];
    const failed = raw._crypto_aead_xchacha20poly1305_ietf_decrypt(openedAt, 0, 0, sealedAt, SEALED_BYTES, 0, placeAt, placeBytes, 0, nonceAt, keyAt);
    if (failed !== 0) throw new SealRefusal('NOT_AUTHENTIC');
  };
  const hash = (outAt: number, at: number, length: number): void => {
    const failed = raw._crypto_generichash(outAt, HASH_BYTES, at, length, 0, openedAt, KEY_BYTES);
    if (failed !== 0) throw new Error('nothing was hashed'); // what stands there is another message's
  };
  return (key, keys, messages, kept) => {
    const { count, placeBytes } = shapeOf(keys);
    const size = messages.reduce((sum, { length }) => sum + length, 0);
    const fits = key.length === KEY_BYTES && BATCH * placeBytes <= PLACES_ROOM && size <= MESSAGES_ROOM && (BATCH * messages.length + 1) * HASH_BYTES <= HASHES_ROOM;
    if (!fits || !areKeys(keys.wraps, count)) return wrappedHashUnderWraps(key, keys, messages, kept);
    const out = new Uint8Array(count * messages.length * kept);
    try {
      raw.HEAPU8.set(key, keyAt);
      let end = messagesAt;
      const asked = messages.map((message) => {
        const at = end;
        raw.HEAPU8.set(message, at);
        end += message.length;
        return { at, length: message.length };
      });
      for (let first = 0; first < count; first += BATCH) {
        const some = Math.min(BATCH, count - first);
        raw.HEAPU8.set(keys.wraps.subarray(first * WRAPPED_KEY_BYTES, (first + some) * WRAPPED_KEY_BYTES), wrapsAt);
        raw.HEAPU8.set(keys.places.subarray(first * placeBytes, (first + some) * placeBytes), placesAt);
        let outAt = hashesAt;
        for (let i = 0; i < some; i++) {
          open(wrapsAt + i * WRAPPED_KEY_BYTES, placesAt + i * placeBytes, placeBytes);
          for (const { at, length } of asked) {
            hash(outAt, at, length);
            outAt += kept; // the next one overwrites what is not kept
          }
        }
        out.set(raw.HEAPU8.subarray(hashesAt, outAt), first * messages.length * kept);
      }
      return out;
    } finally {
      for (const [at, length] of [[keyAt, KEY_BYTES], [openedAt, KEY_BYTES], [hashesAt, HASHES_ROOM], [messagesAt, size]] as const) {
        raw.HEAPU8.fill(0, at, at + length);
      }
    }
  };
}

/** What is no wrapped key at all is left to `unwrap`, which says why. */
function areKeys(wraps: Uint8Array, count: number): boolean {
  for (let i = 0; i < count; i++) if (wraps[i * WRAPPED_KEY_BYTES] !== 1) return false;
  return true;
}

/** Of a batch and one more, so that both ends of a batch are compared. */
function agrees(raw: HashUnderWraps): boolean {
  const bytes = (length: number, factor: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i * factor);
  const key = bytes(KEY_BYTES, 7);
  const messages = [bytes(0, 1), bytes(60, 13), bytes(200, 17)];
  return [0, 90, 200].every((placeBytes) => {
    const places = bytes((BATCH + 1) * placeBytes, 11);
    const wraps = Array.from({ length: BATCH + 1 }, (_, i) => wrap(key, bytes(KEY_BYTES, i + 5), part(places, i, placeBytes)));
    const keys = { wraps: Buffer.concat(wraps), places };
    return equalBytes(raw(key, keys, messages, 16), wrappedHashUnderWraps(key, keys, messages, 16)) && !opensForged(raw, key, keys);
  });
}

function opensForged(raw: HashUnderWraps, key: Uint8Array, keys: WrappedKeys): boolean {
  const wraps = keys.wraps.slice();
  wraps[wraps.length - 1]! ^= 1;
  try {
    raw(key, { ...keys, wraps }, [keys.places], 16);
    return true;
  } catch (error) {
    return !(error instanceof SealRefusal);
  }
}
