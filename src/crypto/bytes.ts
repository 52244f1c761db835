import { writeText } from './text-bytes.js';

/** Where each byte's two digits stand in the text form of a UUID; between them are dashes. */
const UUID_DIGITS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const UUID_DASHES = [8, 13, 18, 23];
const DASH = 45;

export function utf8(value: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.byteLength(value));
  writeText(value, bytes, 0, bytes.length);
  return bytes;
}

/** The 16 bytes of a UUID in its lower-case text form. @throws RangeError on anything else */
export function uuidBytes(uuid: string): Uint8Array {
  const bytes = new Uint8Array(UUID_DIGITS.length);
  writeUuid(uuid, bytes, 0);
  return bytes;
}

/** The same into memory that is there already, from `at` on. */
export function writeUuid(uuid: string, bytes: Uint8Array, at: number): void {
  let wrong = uuid.length ^ 36;
  for (const dash of UUID_DASHES) wrong |= uuid.charCodeAt(dash) ^ DASH;
  for (let i = 0; i < UUID_DIGITS.length; i += 1) {
    const [high, low] = [digit(uuid.charCodeAt(UUID_DIGITS[i]!)), digit(uuid.charCodeAt(UUID_DIGITS[i]! + 1))];
    wrong |= (high | low) & ~15;
    bytes[at + i] = (high << 4) | low;
  }
  if (wrong !== 0) throw new RangeError('not a lower-case UUID');
}

/** The value of a hexadecimal digit, 0 to 15; for any other character something else. */
function digit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : 16;
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
