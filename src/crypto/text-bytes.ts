import { isAscii } from 'node:buffer';

/**
 * Text in and out of bytes, as UTF-8. Nearly all of it is short ASCII, and a read decodes hundreds of cells: a loop takes a
 * third of what encoder and decoder do, which want views, which move a small array out of the engine's own heap.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Longer ones are left to the library. */
const SHORT = 64;

/** Bytes of the text. */
export function textLength(text: string): number {
  if (text.length > SHORT) return Buffer.byteLength(text);
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 0x7f) return Buffer.byteLength(text);
  return text.length;
}

/** Writes the text from `at` on. @returns its length in bytes @throws RangeError where it would go past `end` */
export function writeText(text: string, bytes: Uint8Array, at: number, end: number): number {
  if (text.length > end - at) throw new RangeError('no room for the text');
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (i === SHORT || code > 0x7f) return encodeAll(text, bytes.subarray(at, end));
    bytes[at + i] = code;
  }
  return text.length;
}

function encodeAll(text: string, room: Uint8Array): number {
  const { read, written } = encoder.encodeInto(text, room);
  if (read < text.length) throw new RangeError('no room for the text');
  return written;
}

/**
 * Reads texts out of one piece of memory: each takes a part of the whole, taken as Latin-1 once, where it is ASCII.
 * What it gives throws TypeError on bytes that are no UTF-8.
 */
export function textReader(bytes: Uint8Array): (start: number, end: number) => string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  if (isAscii(bytes)) return (start, end) => latin.slice(start, end);
  return (start, end) => {
    let seen = 0;
    for (let at = start; at < end; at += 1) seen |= bytes[at]!;
    return seen < 0x80 ? latin.slice(start, end) : decoder.decode(bytes.subarray(start, end));
  };
}
