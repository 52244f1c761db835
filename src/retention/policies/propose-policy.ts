import { Injectable } from '@nestjs/common';
import { lockOpenApproval } from '../../access/approvals/approval.js';
import { Approvals } from '../../access/approvals/approvals.js';
import type { SiteMember } from '../../access/signed-in.js';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { Refusal } from '../../platform/refusal.js';
import { KeyStore } from '../../vault/key-store.js';
import { policySchedule } from '../policy-schedule.js';
import { checkProposal } from './policy-proposal.js';
import { mustNotBeLocked } from './shortening-locked.js';

export interface PolicyInput {
  readonly document: unknown;
  readonly effectiveDay: string;
  readonly reason: string;
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

  /** @throws Refusal INVALID_INPUT, RETENTION_LOCKED, or ALREADY_DONE while another proposal waits */
  async run(who: SiteMember, { document, effectiveDay, reason }: PolicyInput): Promise<{ readonly approvalId: string }> {
    try {
      return await this.records.ofOrganisation(who.siteId, async (tx) => {
        await this.refuseProposed(tx);
        const newest = (await policySchedule(tx)).at(-1)!;
        const proposal = checkProposal(document, effectiveDay, newest, this.clock.today('UTC'));
        if (proposal.shortens) await mustNotBeLocked(this.keyStore);
        const subject = { policy: proposal.policy, effectiveDay: proposal.effectiveDay, after: newest.version };
        const asked = await this.approvals.request(tx, who, { kind: 'policy.publish', siteId: null, subject, reason });
        return { approvalId: asked.id };
      });
    } catch (error) {
      throw isSecond(error) ? alreadyProposed() : error;
    }
  }

  /** One that has lapsed is closed on sight. */
  private async refuseProposed(tx: RecordsTx): Promise<void> {
    const [open] = await tx.query<{ id: string }>(`SELECT id FROM approval WHERE kind = 'policy.publish' AND state = 'open'`);
    const locked = open && (await lockOpenApproval(tx, open.id));
    if (locked && !(await this.approvals.lapse(tx, locked))) throw alreadyProposed(locked.id);
  }
}

/** Two at the same moment: the database lets one of them through. */
function isSecond(error: unknown): boolean {
  return error instanceof Error && (error as { constraint?: unknown }).constraint === 'approval_one_policy';
}

function alreadyProposed(approvalId?: string): Refusal {
  return new Refusal('ALREADY_DONE', 'Another policy has been proposed, and waits for a decision.', approvalId ? { approvalId } : {});
}
