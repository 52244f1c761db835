import { Injectable } from '@nestjs/common';
import { Approvals } from '../../access/approvals/approvals.js';
import type { SiteMember } from '../../access/signed-in.js';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Refusal } from '../../platform/refusal.js';
import { KeyStore } from '../../vault/key-store.js';
import { policySchedule } from '../policy-schedule.js';
import { dayOfProposals } from './latest-day.js';
import { checkProposal } from './policy-proposal.js';
import { mustNotBeLocked } from './shortening-locked.js';

export interface PolicyInput {
  readonly document: unknown;
  readonly effectiveDay: string;
  readonly reason: string;
  /** The version that it was written after, by whoever wants to be refused when another has come since. */
  readonly after?: number;
}

/** Proposes the next version of the policy. It is published when another administrator approves (`PolicyPublication`). */
@Injectable()
export class ProposePolicy {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly approvals: Approvals,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal INVALID_INPUT, VERSION_CONFLICT, RETENTION_LOCKED, or ALREADY_DONE while another proposal waits */
  async run(who: SiteMember, { document, effectiveDay, reason, after }: PolicyInput): Promise<{ readonly approvalId: string }> {
    return this.records.ofOrganisation(who.siteId, async (tx) => {
      const newest = (await policySchedule(tx)).at(-1)!;
      if (after !== undefined && after !== newest.version) throw new Refusal('VERSION_CONFLICT', 'Another version of the policy was published since this was written.');
      const proposal = checkProposal(document, effectiveDay, newest, await dayOfProposals(tx, this.clock.now()));
      if (proposal.shortens) await mustNotBeLocked(this.keyStore);
      const subject = { policy: proposal.policy, effectiveDay: proposal.effectiveDay, after: newest.version };
      const asked = await this.approvals.requestOnly(tx, who, { kind: 'policy.publish', siteId: null, subject, reason });
      return { approvalId: asked.id };
    });
  }
}
