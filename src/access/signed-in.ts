import type { SiteZones } from './site-day.js';

export const ROLES = ['preparer', 'administrator', 'auditor'] as const;

/** Exactly one of them each, for as long as the account lives. */
export type Role = (typeof ROLES)[number];

export type Language = 'en' | 'es';

/** Who is asking, for the length of one request. Nothing of it is kept between requests. */
export interface SignedIn extends SiteZones {
  readonly sessionId: string;
  readonly memberId: string;
  /** The site at which they work: their own, or the one that an organisation-wide member has chosen for this session. */
  readonly siteId: string;
  /** An administrator or auditor of every site. Never a preparer: keys are a site's. */
  readonly organisationWide: boolean;
  readonly role: Role;
  readonly name: string;
  readonly language: Language;
  /** What the browser or the client sent. With `sealedKey` and the session's half it opens the member's secret key. */
  readonly token: Uint8Array;
  readonly sealedKey: SealedSessionKey;
  /** A preparer's, of the site's vault keys, newest first; none for whoever has not been admitted. */
  readonly grants: readonly OwnGrant[];
}

/** A grant as its row has it. Useless without the member's secret key and the half. */
export interface OwnGrant {
  readonly vaultNumber: number;
  readonly halfId: string;
  readonly sealed: Uint8Array;
  readonly mac: Uint8Array;
  readonly pin: Uint8Array | null;
}

/** The parts of the session's row that unlocking needs. Useless without the token and the half. */
export interface SealedSessionKey {
  readonly halfId: string;
  readonly bytes: Uint8Array;
  /** As the member table says. The site's key opens under none but the one it was granted to. */
  readonly publicKey: Uint8Array;
}

/** Someone signed in, at work at a site: what all work of a site asks for. */
export type SiteMember = SignedIn;
