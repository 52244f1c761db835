import type { SiteMember } from '../../access/signed-in.js';
import { isAllowed } from '../../access/permissions.js';
import type { Site } from '../../access/site.js';
import type { HoldInFull, KnownHold } from '../../retention/holds/list-holds.js';
import type { HoldScope } from '../../vault/holds.js';
import type { HoldPage } from '../pages/hold-page.js';
import type { HoldRow, HoldsPage } from '../pages/holds-page.js';
import type { LocalPath } from '../shell/local-path.js';

export function holdsPageObject(who: SiteMember, holds: readonly KnownHold[], sites: readonly Site[]): HoldsPage {
  const rows = holds.map((hold): HoldRow => {
    const { id, scope, placedAt, matter } = hold;
    return { path: holdPath(id), scope, placedAt, state: stateOf(hold), ...siteNamed(sites, scope), ...(matter === undefined ? {} : { matter }) };
  });
  return { mayPlace: isAllowed(who, 'hold.place'), holds: rows };
}

export function holdPageObject(who: SiteMember, hold: HoldInFull, sites: readonly Site[], asked = hold.approvalId !== undefined): HoldPage {
  const { approvalId, mayRelease, releasedAt, scope } = hold;
  return {
    ...{ hold, state: asked ? 'release-asked' : stateOf(hold), reason: '', problems: [] },
    ...siteNamed(sites, scope),
    ...(mayRelease && !asked ? { release: `${holdPath(hold.id)}/release` as const } : {}),
    ...(asked ? { asked: approvalId === undefined ? {} : { see: `/approvals/${approvalId}` as const } } : {}),
    ofOrganisation: isAllowed(who, 'hold.release') && !mayRelease && releasedAt === null,
  };
}

export function holdPath(id: string): LocalPath {
  return `/holds/${id}`;
}

/** The name of the one site that it is about. */
export function siteNamed(sites: readonly Site[], { site }: HoldScope): { readonly siteName?: string } {
  const name = sites.find(({ id }) => id === site)?.name;
  return name === undefined ? {} : { siteName: name };
}

function stateOf({ releasedAt, approvalId }: KnownHold): HoldRow['state'] {
  if (releasedAt) return 'released';
  return approvalId === undefined ? 'in-force' : 'release-asked';
}
