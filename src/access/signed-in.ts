import { Refusal } from '../platform/refusal.js';

export const ROLES = ['preparer', 'administrator', 'auditor'] as const;

/** Exactly one of them each, for as long as the account lives. */
export type Role = (typeof ROLES)[number];

export type Language = 'en' | 'es';

/** Who is asking, for the length of one request. Nothing of it is kept between requests. */
export interface SignedIn {
  readonly sessionId: string;
  readonly memberId: string;
  /** null: a member of the whole organisation, who works at no site */
  readonly siteId: string | null;
  readonly role: Role;
  readonly name: string;
  readonly language: Language;
  /** What the browser or the client sent. With `sealedKey` and the session's half it opens the member's secret key. */
  readonly token: Uint8Array;
  readonly sealedKey: SealedSessionKey;
}

/** The parts of the session's row that unlocking needs. Useless without the token and the half. */
export interface SealedSessionKey {
  readonly halfId: string;
  readonly bytes: Uint8Array;
  /** As the member table says. Never trusted for opening: the secret key knows its own. */
  readonly publicKey: Uint8Array;
}

/** Someone signed in who works at a site: what all work on intakes asks for. */
export type SiteMember = SignedIn & { readonly siteId: string };

/** @throws Refusal FORBIDDEN for a member of the whole organisation */
export function siteMember(who: SignedIn): SiteMember {
  if (!worksAtSite(who)) throw new Refusal('FORBIDDEN', 'You belong to no site, and this is a matter of one site.');
  return who;
}

function worksAtSite(who: SignedIn): who is SiteMember {
  return who.siteId !== null;
}
