import { plainHash } from './keyed-hash.js';
import { randomBytes } from './random.js';

/** The last character carries four bits; with the two others not zero it would spell the same bytes once more. */
const TOKEN = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** 32 random bytes as 43 characters of base64url: a session's, an invitation's or the set-up link's token. */
export function newToken(): string {
  return Buffer.from(randomBytes(32)).toString('base64url');
}

/** @returns the token's bytes, or undefined when it is not one */
export function tokenBytes(token: string): Uint8Array | undefined {
  return TOKEN.test(token) ? new Uint8Array(Buffer.from(token, 'base64url')) : undefined;
}

/** What the database keeps of a token: enough to find it again, useless to whoever reads it. */
export function tokenHash(token: Uint8Array): Uint8Array {
  return plainHash('token', token);
}
