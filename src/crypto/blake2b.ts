import { equalBytes, wipe } from './bytes.js';
import { context, contextLength, writeContext, type ContextPart } from './context.js';
import { loadRaw, rawOrWrapped, type RawLibsodium } from './raw-libsodium.js';
import { sodium } from './sodium.js';

/** BLAKE2b (RFC 7693) of a context, under a key of up to 64 bytes or none. */
export type Blake2b = (length: number, key: Uint8Array | null, label: string, parts: readonly ContextPart[]) => Uint8Array;

const LONGEST = 64;
/** Bytes of the module's memory that one reused context may take; longer ones go through the wrappers. */
const SCRATCH_BYTES = 64 * 1024;

/** The raw module where it does exactly what the wrappers do, else the wrappers, as with cells (`fast-cipher.ts`). */
export const blake2b: Blake2b = await chooseBlake2b(loadRaw);

export function chooseBlake2b(load: () => Promise<RawLibsodium>): Promise<Blake2b> {
  return rawOrWrapped(load, rawBlake2b, agrees, wrappedBlake2b);
}

export function wrappedBlake2b(length: number, key: Uint8Array | null, label: string, parts: readonly ContextPart[]): Uint8Array {
  const message = context(label, ...parts);
  try {
    return sodium.crypto_generichash(length, message, key);
  } finally {
    wipe(message);
  }
}

/** The context is put together in the module's own memory. It, the key and the result are wiped there after each use. */
function rawBlake2b(raw: RawLibsodium): Blake2b {
  const outAt = raw._malloc(2 * LONGEST + SCRATCH_BYTES);
  const keyAt = outAt + LONGEST;
  const scratch = keyAt + LONGEST;
  return (length, key, label, parts) => {
    const size = contextLength(label, parts);
    if (size > SCRATCH_BYTES || length > LONGEST || (key !== null && key.length > LONGEST)) return wrappedBlake2b(length, key, label, parts);
    try {
      writeContext(raw.HEAPU8, scratch, label, parts);
      if (key) raw.HEAPU8.set(key, keyAt);
      const failed = raw._crypto_generichash(outAt, length, scratch, size, 0, key ? keyAt : 0, key?.length ?? 0);
      if (failed !== 0) throw new Error('nothing was hashed'); // what stands there is another context's
      return raw.HEAPU8.slice(outAt, outAt + length);
    } finally {
      raw.HEAPU8.fill(0, outAt, scratch + size);
    }
  };
}

function agrees(raw: Blake2b): boolean {
  const key = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
  return [0, 100, 112, 113, 5000].every((size) => {
    const parts = [Uint8Array.from({ length: size }, (_, i) => i * 13), 'text', 3];
    const same = (length: number, k: Uint8Array | null) => equalBytes(raw(length, k, 'known', parts), wrappedBlake2b(length, k, 'known', parts));
    return same(32, key) && same(64, key) && same(32, null);
  });
}
