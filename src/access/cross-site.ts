import { equalBytes } from '../crypto/bytes.js';
import { keyedHash } from '../crypto/keyed-hash.js';
import { Refusal } from '../platform/refusal.js';
import type { SignedIn } from './signed-in.js';

/** What a request says about where it came from. All of it is set by the sender; a browser sets it truthfully. */
export interface RequestOrigin {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: unknown;
}

const UUID_LENGTH = 36;

type Sender = Pick<SignedIn, 'token' | 'siteId'>;

/**
 * The value of a form's hidden `_csrf` field: the site at which the member worked when the form was opened, and what
 * follows from that and the session's token, which other origins cannot read.
 */
export function csrfToken({ token, siteId }: Sender): string {
  return `${siteId}-${Buffer.from(keyedHash(token, 'csrf', siteId)).toString('base64url')}`;
}

/**
 * A request that changes something and carries a cookie must come from our own pages: by Fetch Metadata, or by Origin
 * where a browser is too old to send that; a form must bring its `_csrf` too.
 * @throws Refusal CROSS_SITE_REQUEST
 * @param ownOrigin where people reach the service, when it is configured
 */
export function refuseForeign(request: RequestOrigin, ownOrigin: string | undefined, who: SignedIn): void {
  if (isSafe(request.method)) return;
  if (provenance(request, ownOrigin) !== 'own') throw foreign();
  if (isForm(request) && !hasCsrfToken(request.body, who)) throw foreign();
}

/**
 * A form that was opened at one site changes nothing at another, when a member of the whole organisation has gone there
 * meanwhile in another window. For requests that `refuseForeign` has let pass.
 * @throws Refusal SITE_CHANGED
 */
export function refuseFormOfOtherSite(request: RequestOrigin, { siteId }: Sender): void {
  if (isSafe(request.method) || !isForm(request) || siteOfForm(csrfIn(request.body)) === siteId) return;
  throw new Refusal('SITE_CHANGED', 'You work at another site than when you opened this page. Nothing was changed.');
}

/**
 * Without a session there is nothing to ride on, but another site could still sign its visitor in as someone else: what a
 * browser says is foreign is refused. A client that says nothing is no browser.
 * @throws Refusal CROSS_SITE_REQUEST
 */
export function refuseForeignStranger(request: RequestOrigin, ownOrigin: string | undefined): void {
  if (!isSafe(request.method) && provenance(request, ownOrigin) === 'foreign') throw foreign();
}

/** Whether a browser says that one of our own pages sent this. Who says nothing is not believed. */
export function isFromOwnPage(request: RequestOrigin, ownOrigin: string | undefined): boolean {
  return provenance(request, ownOrigin) === 'own' && request.headers['sec-fetch-site'] !== 'none';
}

function provenance({ headers }: RequestOrigin, ownOrigin: string | undefined): 'own' | 'foreign' | 'unsaid' {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'own' : 'foreign';
  const { origin } = headers;
  if (origin === undefined) return 'unsaid';
  return origin === ownOrigin || (ownOrigin === undefined && isHost(origin, headers['host'])) ? 'own' : 'foreign';
}

/** Where no origin is configured, we are where the browser says it went. */
function isHost(origin: string | string[], host: string | string[] | undefined): boolean {
  return typeof origin === 'string' && URL.canParse(origin) && new URL(origin).host === host;
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Whatever a plain HTML form can send. */
function isForm({ headers }: RequestOrigin): boolean {
  const type = String(headers['content-type'] ?? '').toLowerCase();
  return ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'].some((form) => type.startsWith(form));
}

/** Of this session, at whichever site the form was opened. */
function hasCsrfToken(body: unknown, { token }: Sender): boolean {
  const given = csrfIn(body);
  return equalBytes(Buffer.from(given), Buffer.from(csrfToken({ token, siteId: siteOfForm(given) })));
}

function csrfIn(body: unknown): string {
  const given = typeof body === 'object' && body !== null ? (body as { _csrf?: unknown })._csrf : undefined;
  return typeof given === 'string' ? given : '';
}

/** As the form says: to be believed once `hasCsrfToken`. */
function siteOfForm(csrf: string): string {
  return csrf.slice(0, UUID_LENGTH);
}

function foreign(): Refusal {
  return new Refusal('CROSS_SITE_REQUEST', 'This request did not come from a page of this service. Open the page again and repeat it.');
}
