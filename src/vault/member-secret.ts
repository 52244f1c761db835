import { uuidBytes } from '../crypto/bytes.js';
import { context } from '../crypto/context.js';
import { keyedHash } from '../crypto/keyed-hash.js';
import { unwrap, wrap } from '../crypto/wrap.js';

/**
 * A member's secret key under their password's key and a half: opening it is what proves the password, and destroying the
 * half ends the password, old backups included.
 * @param passwordKey 32 bytes of Argon2id
 */
export function wrapWithPassword(passwordKey: Uint8Array, half: Uint8Array, memberId: string, secretKey: Uint8Array): Uint8Array {
  return wrap(keyedHash(passwordKey, 'password-wrap', half), secretKey, context('member-secret', uuidBytes(memberId)));
}

/** @throws SealRefusal NOT_AUTHENTIC when the password is another */
export function unwrapWithPassword(passwordKey: Uint8Array, half: Uint8Array, memberId: string, wrapped: Uint8Array): Uint8Array {
  return unwrap(keyedHash(passwordKey, 'password-wrap', half), wrapped, context('member-secret', uuidBytes(memberId)));
}

/** The same key for a session: under the cookie's token, which the server does not keep, and a half of its own. */
export function wrapWithToken(token: Uint8Array, half: Uint8Array, session: SessionPlace, secretKey: Uint8Array): Uint8Array {
  return wrap(keyedHash(token, 'session-wrap', half), secretKey, sessionContext(session));
}

/** @throws SealRefusal NOT_AUTHENTIC */
export function unwrapWithToken(token: Uint8Array, half: Uint8Array, session: SessionPlace, wrapped: Uint8Array): Uint8Array {
  return unwrap(keyedHash(token, 'session-wrap', half), wrapped, sessionContext(session));
}

export interface SessionPlace {
  readonly id: string;
  readonly memberId: string;
}

function sessionContext({ id, memberId }: SessionPlace): Uint8Array {
  return context('session-secret', uuidBytes(id), uuidBytes(memberId));
}
