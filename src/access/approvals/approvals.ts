import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AccessLog } from '../../audit/append-entry.js';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { Refusal } from '../../platform/refusal.js';
import { actorOf } from '../actor.js';
import { inSiteOf } from '../in-site-of.js';
import { isAllowed } from '../permissions.js';
import type { SignedIn, SiteMember } from '../signed-in.js';
import { findApproval, insertApproval, lockOpenApproval, type Approval, type ApprovalKindName } from './approval.js';
import type { ApprovalKind } from './approval-kind.js';
import { ApprovalKinds } from './approval-kinds.js';
import { closeApproval, matterOf } from './close-approval.js';
import { checkReason } from './reason.js';
import { askerStands, checkStep, hasSayIn, lockStanding, maySee, type ApprovalStep } from './who-decides.js';

const DAY_MS = 24 * 3_600_000;
const STATE = { approve: 'approved', decline: 'declined', withdraw: 'withdrawn' } as const;

export interface ApprovalInput {
  readonly kind: ApprovalKindName;
  /** null: a matter of the whole organisation, for its own members alone */
  readonly siteId: string | null;
  /** Ids and settings. Nothing of a client, and no free text. */
  readonly subject: Approval['subject'];
  readonly reason: string;
}

/** Acts that take two people: one asks and says why, another one, whom the first did not bring along, decides. */
@Injectable()
export class Approvals {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly kinds: ApprovalKinds,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks, in the transaction in which the caller prepares the act.
   * @throws Refusal FORBIDDEN when the kind is not theirs to ask for, INVALID_INPUT when the reason is none
   */
  async request(tx: RecordsTx, who: SignedIn, { kind: name, siteId, subject, reason }: ApprovalInput): Promise<Approval> {
    const kind = this.kinds.of(name);
    const asker = await lockStanding(tx, who.memberId);
    if (!asker || !isAllowed(asker, kind.ask) || !hasSayIn(siteId, asker.siteId)) {
      throw new Refusal('FORBIDDEN', 'This is not yours to ask for.');
    }
    const requestedAt = this.clock.now();
    const expiresAt = new Date(requestedAt.getTime() + kind.livesForDays * DAY_MS);
    const asked = { id: randomUUID(), siteId, kind: name, subject, reason: checkReason(reason), requestedBy: who.memberId, requestedAt, expiresAt };
    await insertApproval(tx, asked);
    await this.log.append(tx, {
      kind: 'approval.requested',
      actor: actorOf(who),
      subject: matterOf(asked),
      context: { approval: asked.id, act: name },
    });
    return { ...asked, state: 'open', decidedBy: null, decidedAt: null };
  }

  /**
   * The same for an act of which one request waits at a time: of its kind, or of its kind about the same thing.
   * @param about the name in the subject under which that thing stands
   * @throws Refusal ALREADY_DONE with the `approvalId` of the one that waits, unless both came at the same moment
   */
  async requestOnly(tx: RecordsTx, who: SignedIn, input: ApprovalInput, about?: string): Promise<Approval> {
    const [open] = await tx.query<{ id: string }>(
      `SELECT id FROM approval WHERE kind = $1 AND state = 'open' AND ($2::text IS NULL OR subject ->> $2 = $3)`,
      [input.kind, about ?? null, about === undefined ? null : input.subject[about]],
    );
    const locked = open && (await lockOpenApproval(tx, open.id));
    if (locked && !(await this.lapse(tx, locked))) throw alreadyAsked(locked.id); // one that has lapsed is closed on sight
    return this.request(tx, who, input).catch((error: unknown) => {
      throw isSecond(error) ? alreadyAsked() : error;
    });
  }

  /**
   * Approves and carries the act out, or does neither.
   * @throws Refusal NOT_FOUND, APPROVAL_CLOSED, FORBIDDEN, APPROVER_NOT_INDEPENDENT, and whatever the act itself refuses with
   */
  approve(who: SiteMember, id: string): Promise<void> {
    return this.decide(who, id, 'approve');
  }

  /** @throws Refusal NOT_FOUND, APPROVAL_CLOSED, FORBIDDEN, APPROVER_NOT_INDEPENDENT for whoever asked */
  decline(who: SiteMember, id: string): Promise<void> {
    return this.decide(who, id, 'decline');
  }

  /** For whoever asked. @throws Refusal NOT_FOUND, APPROVAL_CLOSED, FORBIDDEN */
  withdraw(who: SiteMember, id: string): Promise<void> {
    return this.decide(who, id, 'withdraw');
  }

  /**
   * Closes a request that is open because another took its place. What was prepared for it is the caller's to put away.
   * @returns false when it had been decided before
   */
  async supersede(tx: RecordsTx, who: SignedIn, id: string): Promise<boolean> {
    const approval = await lockOpenApproval(tx, id);
    if (!approval) return false;
    await closeApproval(tx, this.log, approval, { state: 'withdrawn', by: who, at: this.clock.now() });
    return true;
  }

  /** Closes a request if its time has run out or whoever asked has left. The caller has locked it. @returns whether it did */
  async lapse(tx: RecordsTx, approval: Approval): Promise<boolean> {
    const kind = this.kinds.of(approval.kind);
    // Only now: whoever had to wait for the lock may have waited past the last moment.
    const at = this.clock.now();
    if (at < approval.expiresAt && (await askerStands(tx, approval, kind.ask))) return false;
    await closeApproval(tx, this.log, approval, { state: 'expired', at });
    await kind.drop(tx, approval);
    return true;
  }

  /** One that has lapsed is closed on sight, which is kept although the step is refused. */
  private async decide(who: SiteMember, id: string, step: ApprovalStep): Promise<void> {
    const decided = await inSiteOf(this.records, who, async (tx) => {
      const approval = await this.lockVisible(tx, who, id);
      if (await this.lapse(tx, approval)) return undefined;
      const kind = this.kinds.of(approval.kind);
      await checkStep(tx, who.memberId, approval, kind, step);
      await this.carry(tx, who, approval, kind, step);
      return { kind, approval };
    });
    if (!decided) throw closed();
    if (step === 'approve') await decided.kind.settle?.(decided.approval);
  }

  private async carry(tx: RecordsTx, who: SiteMember, approval: Approval, kind: ApprovalKind, step: ApprovalStep): Promise<void> {
    await closeApproval(tx, this.log, approval, { state: STATE[step], by: who, at: this.clock.now() });
    await (step === 'approve' ? kind.carryOut(tx, approval, who) : kind.drop(tx, approval));
  }

  private async lockVisible(tx: RecordsTx, who: SiteMember, id: string): Promise<Approval> {
    const open = await lockOpenApproval(tx, id);
    const found = open ?? (await findApproval(tx, id));
    if (!found || !maySee(who, found, this.kinds.of(found.kind))) throw new Refusal('NOT_FOUND', 'There is no such request at this site.');
    if (open) return open;
    // The table lets work at a site alone lock nothing of the whole organisation's.
    if (found.state === 'open') throw new Refusal('FORBIDDEN', 'This is for members of the whole organisation to decide.');
    throw closed();
  }
}

/** Two at the same moment: an index of the table, one for each kind of which one waits, lets the first through. */
function isSecond(error: unknown): boolean {
  return error instanceof Error && String((error as { constraint?: unknown }).constraint).startsWith('approval_one_');
}

function alreadyAsked(approvalId?: string): Refusal {
  return new Refusal('ALREADY_DONE', 'This has been asked for, and waits for a decision.', approvalId ? { approvalId } : {});
}

function closed(): Refusal {
  return new Refusal('APPROVAL_CLOSED', 'This request has been decided, was withdrawn or has lapsed.');
}
