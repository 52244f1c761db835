import { Injectable } from '@nestjs/common';
import type { ListedApproval } from '../../access/approvals/list-approvals.js';
import { approvableUntil } from '../../retention/policies/approvable-until.js';
import { comparePolicies } from '../../retention/policies/compare-policies.js';
import { publicationObstacle } from '../../retention/policies/publication-obstacle.js';
import { ReadPolicyNow } from '../../retention/policies/read-policy-now.js';
import { parsePolicy } from '../../retention/policy.js';
import { shortens } from '../../retention/shortens.js';
import type { ProposedChange } from '../pages/approval-page.js';
import { earlier, policyVersion } from './policy-proposal-page-object.js';

/** What whoever decides about a proposed policy has to see: what it changes of the version it was written after, and what stands in its way. */
@Injectable()
export class PolicyRequest {
  constructor(private readonly readNow: ReadPolicyNow) {}

  /** @param siteId that who decides works at. @returns undefined for a request of another kind */
  async of(siteId: string, { about: { policy: proposed, effectiveDay }, state, expiresAt }: ListedApproval): Promise<ProposedChange | undefined> {
    const before = proposed && (await this.readNow.version(proposed.after));
    if (!before || effectiveDay === undefined) return undefined;
    const [policy, now] = [parsePolicy(proposed.document), await this.readNow.run(siteId)];
    const obstacle = state === 'open' ? publicationObstacle(policy, effectiveDay, proposed.after, now) : undefined;
    const isShorter = shortens(before, policy);
    const mayBeApproved = state === 'open' && (obstacle === undefined || obstacle === 'locked');
    return {
      ...{ basis: policyVersion(before, now), periods: comparePolicies(before, policy), shortens: isShorter },
      ...(obstacle && { obstacle }),
      ...(mayBeApproved && { approveBefore: earlier(approvableUntil(effectiveDay, isShorter, now.zones), expiresAt) }),
    };
  }
}
