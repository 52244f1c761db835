import type { SiteMember } from '../../access/signed-in.js';
import { Refusal } from '../../platform/refusal.js';
import { readHolds, type Hold, type HoldScope } from '../../vault/holds.js';
import type { KeyStore } from '../../vault/key-store.js';

/** Whose hold it is to release: a site's own, and anyone's who is of the organisation. */
export function isOwnHold(who: Pick<SiteMember, 'siteId' | 'organisationWide'>, { scope }: Hold): boolean {
  return who.organisationWide || scope.site === who.siteId;
}

/**
 * Those that can cover anything of somebody's site, or all for somebody of the organisation. One that names intakes of several sites is seen with the
 * numbers of one's own.
 */
export async function concerning(keyStore: KeyStore, who: Pick<SiteMember, 'siteId' | 'organisationWide'>, holds: readonly Hold[]): Promise<readonly Hold[]> {
  if (who.organisationWide) return holds;
  const seen = holds.filter(({ scope }) => scope.site === undefined || scope.site === who.siteId);
  const ofAnySite = seen.flatMap(({ scope }) => (scope.site === undefined ? (scope.intakes ?? []) : []));
  const rows = ofAnySite.length === 0 ? [] : await keyStore.database.query<{ id: string }>(HERE, [who.siteId, ofAnySite]);
  const here = new Set(rows.map(({ id }) => id));
  return seen.flatMap((hold) => {
    const { site, intakes } = hold.scope;
    if (site !== undefined || !intakes) return [hold];
    const own = intakes.filter((id) => here.has(id));
    return own.length === 0 ? [] : [{ ...hold, scope: { ...hold.scope, intakes: own } }];
  });
}

const HERE = 'SELECT DISTINCT intake_id AS id FROM life_share WHERE site_id = $1 AND intake_id = ANY ($2::uuid[])';

/** What of a hold's scope is somebody's to count. */
export function countedBy(who: Pick<SiteMember, 'siteId' | 'organisationWide'>, { scope }: Hold): HoldScope {
  return who.organisationWide ? scope : { ...scope, site: who.siteId };
}

/** @throws Refusal NOT_FOUND, or FORBIDDEN for a hold of the organisation's */
export async function ownHold(keyStore: KeyStore, who: SiteMember, id: string): Promise<Hold> {
  const all = await keyStore.transaction(({ tx }) => readHolds(tx));
  const [found] = await concerning(keyStore, who, all.filter((hold) => hold.id === id));
  if (!found) throw new Refusal('NOT_FOUND', 'There is no such hold.');
  if (!isOwnHold(who, found)) throw new Refusal('FORBIDDEN', 'This hold is of the whole organization: its administrators release it.');
  return found;
}
