import { Injectable } from '@nestjs/common';
import { AccessLog } from '../../audit/append-entry.js';
import { Clock } from '../../platform/clock.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { Refusal } from '../../platform/refusal.js';
import { findApproval, lockOpenApproval, type Approval } from './approval.js';
import type { ApprovalFacts, ApprovalKind } from './approval-kind.js';
import { ApprovalKinds } from './approval-kinds.js';
import { closeApproval } from './close-approval.js';
import { askerStands } from './who-decides.js';

const DAY_MS = 24 * 3_600_000;
/** An invitation of an administrator lives as long as the request for it. */
const INVITATION_DAYS = 21;
/** For so long every member sees it coming; then silence counts as consent, or a small organisation could never have a second one. */
const NOTICE_DAYS = 7;

/** When whoever was invited can join although nobody approved. */
export function opensAt({ requestedAt }: Pick<Approval, 'requestedAt'>): Date {
  return new Date(requestedAt.getTime() + NOTICE_DAYS * DAY_MS);
}

/**
 * A new administrator: another one approves, or seven days pass during which every member could see it and nobody declined.
 * Otherwise one administrator could make others of their own, and be two persons wherever it takes two.
 */
@Injectable()
export class AdministratorInvited implements ApprovalKind {
  readonly name = 'administrator.invited';
  readonly ask = 'member.invite';
  readonly approve = 'member.invite';
  readonly livesForDays = INVITATION_DAYS;

  constructor(
    kinds: ApprovalKinds,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {
    kinds.register(this);
  }

  /** Nothing more is to be done: joining asks whether it was approved. */
  async carryOut(tx: RecordsTx, { id }: Approval): Promise<void> {
    const waiting = await tx.query('SELECT FROM invitation WHERE approval_id = $1 AND used_at IS NULL', [id]);
    if (waiting.length === 0) throw new Refusal('APPROVAL_CLOSED', 'There is no such invitation any more.');
  }

  async drop(tx: RecordsTx, { id }: Approval): Promise<void> {
    await tx.query('DELETE FROM invitation WHERE approval_id = $1 AND used_at IS NULL', [id]);
  }

  /** Nothing of those whose invitation was dropped: who never became a member is not kept. */
  async about(tx: RecordsTx, { id }: Approval): Promise<ApprovalFacts> {
    const [facts] = await tx.query<ApprovalFacts>('SELECT name, email FROM invitation WHERE approval_id = $1', [id]);
    return facts ?? {};
  }

  /** Until when whoever holds the link has to wait; undefined when they need not, or when the link is worth nothing. */
  async waitsUntil(tx: RecordsTx, approvalId: string): Promise<Date | undefined> {
    const approval = await findApproval(tx, approvalId);
    return approval?.state === 'open' && this.clock.now() < opensAt(approval) ? opensAt(approval) : undefined;
  }

  /**
   * To be asked in the transaction that lets an administrator join, before their invitation is used: requests are locked
   * before invitations everywhere. A request that nobody decided is over when its seven days let them in.
   * @throws Refusal NOT_APPROVED_YET with the moment `from` which it is not needed any more, LINK_NOT_VALID
   */
  async letIn(tx: RecordsTx, approvalId: string): Promise<void> {
    const open = await lockOpenApproval(tx, approvalId);
    if (!open) return this.mustBeApproved(tx, approvalId);
    const at = this.clock.now();
    if (at >= open.expiresAt || !(await askerStands(tx, open, this.ask))) throw notValid();
    const from = opensAt(open);
    if (at < from) throw notApprovedYet(from);
    await closeApproval(tx, this.log, open, { state: 'expired', at });
  }

  private async mustBeApproved(tx: RecordsTx, approvalId: string): Promise<void> {
    const decided = await findApproval(tx, approvalId);
    if (decided?.state !== 'approved') throw notValid();
  }
}

/** @param from when it is not needed any more */
export function notApprovedYet(from: Date): Refusal {
  return new Refusal('NOT_APPROVED_YET', 'Another administrator has to approve this invitation first, or seven days to pass.', { from });
}

function notValid(): Refusal {
  return new Refusal('LINK_NOT_VALID', 'This invitation was declined or withdrawn, or has run out.');
}
