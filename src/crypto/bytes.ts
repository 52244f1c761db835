const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const text = new TextEncoder();

export function utf8(value: string): Uint8Array {
  return text.encode(value);
}

/** The 16 bytes of a UUID in its lower-case text form. @throws RangeError on anything else */
export function uuidBytes(uuid: string): Uint8Array {
  if (!UUID.test(uuid)) throw new RangeError('not a lower-case UUID');
  return new Uint8Array(Buffer.from(uuid.replaceAll('-', ''), 'hex'));
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
