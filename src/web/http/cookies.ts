/** Kept by the browser for the session's length at most; the server holds only its hash. */
export const SESSION_COOKIE = '__Host-thinfile';
export const LANGUAGE_COOKIE = '__Host-thinfile-language';

interface CookieAttributes {
  readonly path: '/';
  readonly secure: true;
  readonly httpOnly: true;
  readonly sameSite: 'strict';
  readonly maxAge?: number;
}

/**
 * What `__Host-` demands (RFC 6265bis, 4.1.3.2: Secure, no Domain, Path=/), out of reach of scripts, and never sent
 * along when another site links or posts here. No lifetime: it goes when the browser closes.
 */
export const SESSION_COOKIE_ATTRIBUTES: CookieAttributes = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' };

/** Not a secret; a year, in seconds, so that the site's laptop stays in the language last chosen. */
export const LANGUAGE_COOKIE_ATTRIBUTES: CookieAttributes = { ...SESSION_COOKIE_ATTRIBUTES, maxAge: 365 * 24 * 60 * 60 };
