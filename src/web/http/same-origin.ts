import { Refusal } from '../../platform/refusal.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

interface RequestFacts {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * Refuses a changing request that a browser says comes from another page's origin (Fetch Metadata; RFC 6454 Origin).
 * It stands in front of the token check and covers what has no token yet: signing in, set-up, joining, the language.
 * A client that sends neither header is no browser of today; the token check still stands in its way.
 * @param origin our own, as browsers write it: `https://intake.example.org`
 * @throws Refusal CROSS_SITE_REQUEST
 */
export function refuseCrossOrigin(request: RequestFacts, origin: string): void {
  if (SAFE_METHODS.has(request.method.toUpperCase())) return;
  const site = request.headers['sec-fetch-site'];
  const from = request.headers['origin'];
  const isForeign = (site !== undefined && site !== 'same-origin') || (from !== undefined && from !== origin);
  if (isForeign) throw new Refusal('CROSS_SITE_REQUEST', 'This request came from a page of another site.');
}
