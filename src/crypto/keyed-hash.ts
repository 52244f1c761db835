import { blake2b } from './blake2b.js';
import type { ContextPart } from './context.js';

export const KEY_BYTES = 32;

/** keyed-BLAKE2b-256 over a labelled context: derives keys, makes MACs and check values. */
export function keyedHash(key: Uint8Array, label: string, ...parts: readonly ContextPart[]): Uint8Array {
  return blake2b(32, key, label, parts);
}

/** The same with 64 bytes of output, where a key and its commitment are wanted from one call. */
export function keyedHash64(key: Uint8Array, label: string, ...parts: readonly ContextPart[]): Uint8Array {
  return blake2b(64, key, label, parts);
}

/** BLAKE2b-256 without a key, for values that are themselves random (tokens) or public (public keys). */
export function plainHash(label: string, ...parts: readonly ContextPart[]): Uint8Array {
  return blake2b(32, null, label, parts);
}
