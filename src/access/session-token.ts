import { tokenBytes } from '../crypto/secret-token.js';

/** `__Host-`: only over TLS (or localhost), only from this host, and no subdomain can set it. */
export const SESSION_COOKIE = '__Host-thinfile';

const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';

export interface RequestHeaders {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
}

/** How the token came. A browser sends a cookie of its own accord, so that only then must the request prove where it is from. */
export type TokenCarrier = 'bearer' | 'cookie';

/** A bearer token counts before a cookie, and a bad one is not made good by a cookie. */
export function tokenOf(headers: RequestHeaders): { readonly token: Uint8Array; readonly carrier: TokenCarrier } | undefined {
  const carrier = headers.authorization === undefined ? 'cookie' : 'bearer';
  const text = carrier === 'bearer' ? bearerOf(headers.authorization!) : cookieOf(headers.cookie ?? '');
  const token = text === undefined ? undefined : tokenBytes(text);
  return token && { token, carrier };
}

/** A session cookie: it goes when the browser closes, and the server's own limits end it in any case. */
export function sessionCookie(token: string): string {
  return `${SESSION_COOKIE}=${token}; ${ATTRIBUTES}`;
}

export function clearedSessionCookie(): string {
  return `${SESSION_COOKIE}=; Max-Age=0; ${ATTRIBUTES}`;
}

function bearerOf(header: string): string | undefined {
  return /^Bearer ([^\s]+)$/i.exec(header)?.[1];
}

function cookieOf(header: string): string | undefined {
  const prefix = `${SESSION_COOKIE}=`;
  return header
    .split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(prefix))
    ?.slice(prefix.length);
}
