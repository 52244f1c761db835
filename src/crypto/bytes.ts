import { writeText } from './text-bytes.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Where each byte's two digits stand in the text form. */
const UUID_DIGITS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

export function utf8(value: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.byteLength(value));
  writeText(value, bytes, 0);
  return bytes;
}

/** The 16 bytes of a UUID in its lower-case text form. @throws RangeError on anything else */
export function uuidBytes(uuid: string): Uint8Array {
  if (!UUID.test(uuid)) throw new RangeError('not a lower-case UUID');
  const bytes = new Uint8Array(UUID_DIGITS.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = (digit(uuid, UUID_DIGITS[i]!) << 4) | digit(uuid, UUID_DIGITS[i]! + 1);
  return bytes;
}

/** The value of a hexadecimal digit: `0` to `9` begin at 48, `a` at 97. */
function digit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 97 ? code - 48 : code - 87;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}

/** Overwrites keys that are no longer needed. Short exposure is all this gives: the runtime may hold copies elsewhere. */
export function wipe(...secrets: (Uint8Array | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0);
}
