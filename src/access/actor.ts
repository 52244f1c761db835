import { ownSite, type Workplace } from './in-site-of.js';
import type { SignedIn } from './signed-in.js';

/** The member as the access log names them: by id and role, never by name. */
export function actorOf(who: Pick<SignedIn, 'memberId' | 'role'>): { member: string; role: SignedIn['role'] } {
  return { member: who.memberId, role: who.role };
}

/**
 * The site of an entry about somebody's own account, which decides whose auditors see it: every site's, for a member of
 * the whole organisation.
 */
export function siteSubject(who: Workplace): { site?: string } {
  const site = ownSite(who);
  return site === null ? {} : { site };
}
