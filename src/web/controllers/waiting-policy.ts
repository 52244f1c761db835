import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { ListApprovals, type ListedApproval } from '../../access/approvals/list-approvals.js';
import type { SiteMember } from '../../access/signed-in.js';
import { parsePolicy } from '../../retention/policy.js';
import type { TypedPolicy } from './typed-policy.js';

/** The one proposal that waits for a decision, if there is one. */
@Injectable()
export class WaitingPolicy {
  constructor(private readonly approvals: ListApprovals) {}

  async find(who: SiteMember): Promise<ListedApproval | undefined> {
    return (await this.approvals.run(who)).find(({ kind, state }) => kind === 'policy.publish' && state === 'open');
  }

  /** @returns its id, if it is this member's own and says the same: they have sent it twice */
  async same(who: SiteMember, { policy, effectiveDay }: TypedPolicy, after: number): Promise<string | undefined> {
    const waiting = await this.find(who);
    const proposed = waiting?.about.policy;
    if (!proposed || waiting.requestedBy.id !== who.memberId || waiting.about.effectiveDay !== effectiveDay || proposed.after !== after) return undefined;
    return isDeepStrictEqual(parsePolicy(proposed.document), parsePolicy(policy)) ? waiting.id : undefined;
  }
}
