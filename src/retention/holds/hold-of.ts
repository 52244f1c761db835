import type { SiteMember } from '../../access/signed-in.js';
import { Refusal } from '../../platform/refusal.js';
import { readHolds, type Hold } from '../../vault/holds.js';
import type { KeyStore } from '../../vault/key-store.js';

/** Whose hold it is to release: a site's own, and anyone's who is of the organisation. */
export function isOwnHold(who: Pick<SiteMember, 'siteId' | 'organisationWide'>, { scope }: Hold): boolean {
  return who.organisationWide || scope.site === who.siteId;
}

/** Those that cover anything of somebody's site, or of any for somebody of the organisation. */
export function concerns(who: Pick<SiteMember, 'siteId' | 'organisationWide'>, { scope }: Hold): boolean {
  return who.organisationWide || scope.site === undefined || scope.site === who.siteId;
}

/** @throws Refusal NOT_FOUND, or FORBIDDEN for a hold of the organisation's */
export async function ownHold(keyStore: KeyStore, who: SiteMember, id: string): Promise<Hold> {
  const found = (await keyStore.transaction(({ tx }) => readHolds(tx))).find((hold) => hold.id === id);
  if (!found || !concerns(who, found)) throw new Refusal('NOT_FOUND', 'There is no such hold.');
  if (!isOwnHold(who, found)) throw new Refusal('FORBIDDEN', 'This hold is of the whole organization: its administrators release it.');
  return found;
}
