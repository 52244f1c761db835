export const LANGUAGE_COOKIE = '__Host-thinfile-language';

/** Seconds: a year, so that the site's laptop stays in the language last chosen. */
const KEPT_FOR = 365 * 24 * 60 * 60;

/** Not a secret, and no use to any script or other site either. */
export const LANGUAGE_COOKIE_ATTRIBUTES = { path: '/', secure: true, httpOnly: true, sameSite: 'strict', maxAge: KEPT_FOR } as const;
