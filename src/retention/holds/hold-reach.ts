import type { SiteMember } from '../../access/signed-in.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { Refusal } from '../../platform/refusal.js';
import type { HoldScope } from '../../vault/holds.js';

/**
 * Of one's own site where one has only that; another site's is not theirs to keep.
 * @throws Refusal FORBIDDEN
 */
export function withinReach({ siteId, organisationWide }: SiteMember, scope: HoldScope): HoldScope {
  if (organisationWide) return scope;
  if (scope.site !== undefined && scope.site !== siteId) throw new Refusal('FORBIDDEN', 'Another site’s data is not yours to hold.');
  return { site: siteId, ...scope };
}

/** @throws Refusal INVALID_INPUT */
export async function mustKnowSite(tx: RecordsTx, site: string | undefined): Promise<void> {
  if (site === undefined) return;
  const found = await tx.query('SELECT FROM site WHERE id = $1', [site]);
  if (found.length === 0) throw new Refusal('INVALID_INPUT', 'There is no such site.', { fields: ['scope.site'] });
}
