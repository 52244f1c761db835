import type { SignedIn } from './signed-in.js';

/** The member as the access log names them: by id and role, never by name. */
export function actorOf(who: Pick<SignedIn, 'memberId' | 'role'>): { member: string; role: SignedIn['role'] } {
  return { member: who.memberId, role: who.role };
}

/** The site an entry belongs to, which decides whose auditors see it: none for members of the whole organisation. */
export function siteSubject(siteId: string | null): { site?: string } {
  return siteId === null ? {} : { site: siteId };
}
