import { Refusal } from '../platform/refusal.js';
import type { SignedIn } from './signed-in.js';

/** Refuses whoever was granted no key of this site. Whether a grant opens is for `UnlockVault` to say. @throws Refusal NOT_ADMITTED */
export function mustBeAdmitted({ role, grants }: SignedIn): void {
  if (role !== 'preparer' || grants.length === 0) throw notAdmitted();
}

export function notAdmitted(): Refusal {
  return new Refusal('NOT_ADMITTED', 'You do not hold this site’s key yet. A preparer who holds it has to admit you.');
}
