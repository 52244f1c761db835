import { Injectable } from '@nestjs/common';
import { actorOf } from '../../access/actor.js';
import type { Approval } from '../../access/approvals/approval.js';
import type { ApprovalFacts, ApprovalKind } from '../../access/approvals/approval-kind.js';
import { ApprovalKinds } from '../../access/approvals/approval-kinds.js';
import type { SignedIn } from '../../access/signed-in.js';
import { noteRulesChanged } from '../../access/site-rules-logged.js';
import { AccessLog } from '../../audit/append-entry.js';
import { Clock, type Day } from '../../platform/clock.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { Refusal } from '../../platform/refusal.js';
import { KeyStore } from '../../vault/key-store.js';
import { lockHolds } from '../../vault/hold-lock.js';
import { policyDigest } from '../publish-first-policy.js';
import type { Policy } from '../policy.js';
import { policySchedule } from '../policy-schedule.js';
import { dayOfProposals } from './latest-day.js';
import { policyForLog } from './logged-policies.js';
import { checkProposal } from './policy-proposal.js';
import { mustNotBeLocked } from './shortening-locked.js';

/** So long a proposal waits for a decision. */
export const PROPOSAL_LIVES_DAYS = 14;

/** What a proposal says of its subject, as `ProposePolicy` wrote it. */
interface PolicySubject {
  readonly policy: Policy;
  readonly effectiveDay: Day;
  /** The version that it was proposed after. */
  readonly after: number;
}

/**
 * The publication of a policy, which takes two. From then on it is announced, and all days of destruction follow it (`FollowRules`), so that
 * nothing changes on the day it takes effect. The notice counts from the approval.
 */
@Injectable()
export class PolicyPublication implements ApprovalKind {
  readonly name = 'policy.publish';
  readonly ask = 'policy.propose';
  readonly approve = 'policy.propose';
  readonly livesForDays = PROPOSAL_LIVES_DAYS;

  constructor(
    kinds: ApprovalKinds,
    private readonly keyStore: KeyStore,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {
    kinds.register(this);
  }

  /** @throws Refusal INVALID_INPUT when its day has come too near, RETENTION_LOCKED, APPROVAL_CLOSED when another version came in between */
  async carryOut(tx: RecordsTx, approval: Approval, approver: SignedIn): Promise<void> {
    const subject = subjectOf(approval);
    // A hold that is being placed is either seen here, or sees this policy and takes it back.
    await lockHolds(tx);
    const newest = (await policySchedule(tx)).at(-1)!;
    if (newest.version !== subject.after) throw new Refusal('APPROVAL_CLOSED', 'Another version was published since this was proposed.');
    const { policy, effectiveDay, shortens } = checkProposal(subject.policy, subject.effectiveDay, newest, await dayOfProposals(tx, this.clock.now()));
    if (shortens) await mustNotBeLocked(this.keyStore);
    const [{ version }] = (await tx.query('SELECT max(version) + 1 AS version FROM retention_policy')) as [{ version: number }];
    const at = this.clock.now();
    await tx.query('INSERT INTO retention_policy (version, effective_day, published_at, document) VALUES ($1, $2, $3, $4)', [version, effectiveDay, at, JSON.stringify(policy)]);
    await this.log.append(tx, {
      kind: 'policy.approved',
      actor: actorOf(approver),
      subject: {},
      context: { version, day: effectiveDay, digest: policyDigest(policy), policy: policyForLog(policy), approval: approval.id },
    });
    await noteRulesChanged(tx, at);
  }

  /** Nothing was prepared. */
  async drop(): Promise<void> {}

  async about(tx: RecordsTx, approval: Approval): Promise<ApprovalFacts> {
    const { policy, effectiveDay, after } = subjectOf(approval);
    const takenBackAt = approval.state === 'approved' ? await whenTakenBack(tx, after) : null;
    return { effectiveDay, policy: { document: policyForLog(policy), after }, ...(takenBackAt && { takenBackAt }) };
  }
}

/** Of the policy that was published after this version: one alone could be, and what a hold put in place of others was not proposed. */
async function whenTakenBack(tx: RecordsTx, after: number): Promise<Date | null | undefined> {
  const [row] = await tx.query<{ withdrawn_at: Date | null }>(
    'SELECT withdrawn_at FROM retention_policy WHERE version > $1 AND in_place_of IS NULL ORDER BY version LIMIT 1',
    [after],
  );
  return row?.withdrawn_at;
}

function subjectOf({ subject }: Approval): PolicySubject {
  return subject as unknown as PolicySubject;
}
