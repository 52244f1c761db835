import { equalBytes, wipe } from './bytes.js';
import { loadRaw, type RawLibsodium } from './raw-libsodium.js';
import { SealRefusal } from './seal-refusal.js';
import { sodium } from './sodium.js';
import { unwrap, wrap, WRAP_OVERHEAD } from './wrap.js';

/** A key of 32 bytes as it is stored, and the place it was wrapped for. */
export interface WrappedKey {
  readonly wrapped: Uint8Array;
  readonly place: Uint8Array;
}

/**
 * Keyed BLAKE2b-256 of each message under each of many wrapped keys: key by key, and for each the messages in their order.
 * The keys are opened for this alone, and none outlives the call.
 * @param messages whole contexts, as `keyedHash` makes one of its label and parts
 * @throws SealRefusal as `unwrap` does, at the first key that does not open
 */
export type HashUnderWraps = (key: Uint8Array, wraps: readonly WrappedKey[], messages: readonly Uint8Array[]) => Uint8Array[];

const KEY_BYTES = 32;
const HASH_BYTES = 32;
const WRAPPED_BYTES = KEY_BYTES + WRAP_OVERHEAD;
const SEALED_BYTES = KEY_BYTES + 16;
const NONCE_BYTES = WRAPPED_BYTES - SEALED_BYTES - 1;
/** Of the module's memory, for one place and for all messages; what is longer goes through the wrappers. */
const ROOM = 4096;

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

export function wrappedHashUnderWraps(key: Uint8Array, wraps: readonly WrappedKey[], messages: readonly Uint8Array[]): Uint8Array[] {
  return wraps.flatMap(({ wrapped, place }) => {
    const opened = unwrap(key, wrapped, place);
    try {
      return messages.map((message) => sodium.crypto_generichash(HASH_BYTES, message, opened));
    } finally {
      wipe(opened);
    }
  });
}

/** Each key is opened where it is used, in the module's memory, and never leaves it; all of it is wiped in the end. */
function rawHashUnderWraps(raw: RawLibsodium): HashUnderWraps {
  const [keyAt, nonceAt, openedAt, outAt] = [raw._malloc(KEY_BYTES), raw._malloc(NONCE_BYTES), raw._malloc(SEALED_BYTES), raw._malloc(HASH_BYTES)];
  const [placeAt, messagesAt] = [raw._malloc(ROOM), raw._malloc(ROOM)];
  const open = ({ wrapped, place }: WrappedKey): void => {
    raw.HEAPU8.set(wrapped.subarray(1, 1 + NONCE_BYTES), nonceAt);
    raw.HEAPU8.set(wrapped.subarray(1 + NONCE_BYTES), openedAt);
    raw.HEAPU8.set(place, placeAt);
    const failed = raw._crypto_aead_xchacha20poly1305_ietf_decrypt(openedAt, 0, 0, openedAt, SEALED_BYTES, 0, placeAt, place.length, 0, nonceAt, keyAt);
    if (failed !== 0) throw new SealRefusal('NOT_AUTHENTIC');
  };
  const hash = (at: number, length: number): Uint8Array => {
    const failed = raw._crypto_generichash(outAt, HASH_BYTES, at, length, 0, openedAt, KEY_BYTES);
    if (failed !== 0) throw new Error('nothing was hashed'); // what stands there is another message's
    return raw.HEAPU8.slice(outAt, outAt + HASH_BYTES);
  };
  return (key, wraps, messages) => {
    const size = messages.reduce((sum, { length }) => sum + length, 0);
    const fits = key.length === KEY_BYTES && size <= ROOM && wraps.every(isKeyInRoom);
    if (!fits) return wrappedHashUnderWraps(key, wraps, messages);
    try {
      raw.HEAPU8.set(key, keyAt);
      let end = messagesAt;
      const places = messages.map((message) => {
        const at = end;
        raw.HEAPU8.set(message, at);
        end += message.length;
        return { at, length: message.length };
      });
      return wraps.flatMap((wrapped) => {
        open(wrapped);
        return places.map(({ at, length }) => hash(at, length));
      });
    } finally {
      for (const [at, length] of [[keyAt, KEY_BYTES], [openedAt, SEALED_BYTES], [outAt, HASH_BYTES], [messagesAt, size]] as const) {
        raw.HEAPU8.fill(0, at, at + length);
      }
    }
  };
}

/** What is no wrapped key at all is left to `unwrap`, which says why. */
function isKeyInRoom({ wrapped, place }: WrappedKey): boolean {
  return wrapped.length === WRAPPED_BYTES && wrapped[0] === 1 && place.length <= ROOM;
}

function agrees(raw: HashUnderWraps): boolean {
  const bytes = (length: number, factor: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i * factor);
  const key = bytes(KEY_BYTES, 7);
  const wraps = [0, 90, 300].map((length) => ({ place: bytes(length, 11), wrapped: wrap(key, bytes(KEY_BYTES, length + 5), bytes(length, 11)) }));
  const messages = [bytes(0, 1), bytes(60, 13), bytes(200, 17)];
  const [mine, theirs] = [raw(key, wraps, messages), wrappedHashUnderWraps(key, wraps, messages)];
  return mine.length === theirs.length && mine.every((hash, i) => equalBytes(hash, theirs[i]!)) && !opensForged(raw, key, wraps[1]!);
}

function opensForged(raw: HashUnderWraps, key: Uint8Array, { wrapped, place }: WrappedKey): boolean {
  const forged = wrapped.slice();
  forged[WRAPPED_BYTES - 1]! ^= 1;
  try {
    raw(key, [{ wrapped: forged, place }], [place]);
    return true;
  } catch (error) {
    return !(error instanceof SealRefusal);
  }
}
