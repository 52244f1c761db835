/**
 * Text in and out of bytes, as UTF-8. Nearly all of it is short ASCII, and a read decodes hundreds of cells: a loop takes a
 * third of what the encoder does, which wants a view, which moves a small array out of the engine's own heap.
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

/** Writes the text from `at` on. The caller has seen to the room. */
export function writeText(text: string, bytes: Uint8Array, at: number): void {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (i === SHORT || code > 0x7f) {
      encoder.encodeInto(text, bytes.subarray(at));
      return;
    }
    bytes[at + i] = code;
  }
}

/** @throws TypeError on bytes that are no UTF-8 */
export function readText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 1) {
    const code = bytes[at]!;
    if (at - start === SHORT || code > 0x7f) return decoder.decode(bytes.subarray(start, end));
    text += String.fromCharCode(code);
  }
  return text;
}
