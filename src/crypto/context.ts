import { utf8 } from './bytes.js';

/** What a context is made of: text, raw bytes (ids, keys, hashes) or a whole number from 0 to 2^53 - 1. */
export type ContextPart = string | Uint8Array | number;

/**
 * The unambiguous encoding of a place or a purpose, used as associated data and as hash input (docs/formats.md, "Context").
 * Every part carries its length, so no two lists of parts encode alike; the label keeps purposes apart.
 */
export function context(label: string, ...parts: readonly ContextPart[]): Uint8Array {
  const encoded = [utf8(`thinfile/1/${label}`), ...parts.map(partBytes)];
  const out = new Uint8Array(encoded.reduce((sum, part) => sum + 4 + part.length, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const part of encoded) {
    view.setUint32(at, part.length);
    out.set(part, at + 4);
    at += 4 + part.length;
  }
  return out;
}

function partBytes(part: ContextPart): Uint8Array {
  if (typeof part === 'string') return utf8(part);
  if (part instanceof Uint8Array) return part;
  if (!Number.isSafeInteger(part) || part < 0) throw new RangeError('a context number is a whole number from 0 up');
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(part));
  return bytes;
}
