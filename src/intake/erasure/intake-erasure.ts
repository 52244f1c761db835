import { Injectable } from '@nestjs/common';
import { actorOf } from '../../access/actor.js';
import type { Approval } from '../../access/approvals/approval.js';
import type { ApprovalFacts, ApprovalKind } from '../../access/approvals/approval-kind.js';
import { ApprovalKinds } from '../../access/approvals/approval-kinds.js';
import type { SignedIn } from '../../access/signed-in.js';
import { siteDay } from '../../access/site-day.js';
import { factsForLog } from '../../audit/intake-facts.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { mustNotBeKept } from '../../retention/erasure/must-not-be-kept.js';
import { SettleErasures } from '../../retention/erasure/settle-erasures.js';
import { factsOf, type IntakeRow } from '../intake-row.js';
import { IntakeStores } from '../intake-stores.js';
import { siteRules } from '../site-rules.js';
import { erasableIntake } from './erasable-intake.js';

/** What a request for an erasure says of its subject. */
export interface ErasureSubject {
  readonly intake: string;
  readonly taxYear: number;
}

/**
 * An intake's early end, at its client's own request. From the day of the approval on nothing of it opens; its keys go with the next
 * run, in every backup too. Its day is a fact of the intake like its stages, and nothing makes it later.
 *
 * Somebody at the site asks, and an administrator approves, who can destroy and not read (docs/decisions/0017).
 */
@Injectable()
export class IntakeErasure implements ApprovalKind {
  readonly name = 'intake.erasure';
  readonly ask = 'erasure.ask';
  readonly approve = 'erasure.approve';
  readonly livesForDays = 14;

  constructor(
    kinds: ApprovalKinds,
    private readonly stores: IntakeStores,
    private readonly erasures: SettleErasures,
  ) {
    kinds.register(this);
  }

  /** @throws Refusal NOT_FOUND, DESTROYED, PRESERVED, RESTORED */
  async carryOut(tx: RecordsTx, approval: Approval, approver: SignedIn): Promise<void> {
    const siteId = approval.siteId!;
    const { intake: id } = subjectOf(approval);
    await tx.query('SELECT FROM intake WHERE id = $1 FOR UPDATE', [id]);
    const row = await erasableIntake(tx, siteId, id);
    await mustNotBeKept(this.stores.keyStore, siteId, id);
    const today = siteDay(await siteRules(tx, siteId), this.stores.clock.now());
    const erased: IntakeRow = { ...row, erased_day: today };
    await tx.query('UPDATE intake SET erased_day = $2 WHERE id = $1', [id, today]);
    await tx.query('INSERT INTO erasure (intake_id, site_id, approval_id, tax_year, asked_at, day) VALUES ($1, $2, $3, $4, $5, $6)', [
      ...[id, siteId, approval.id, row.tax_year, approval.requestedAt, today],
    ]);
    await this.stores.log.append(tx, {
      kind: 'intake.erased',
      actor: actorOf(approver),
      subject: { site: siteId, intake: id },
      context: { facts: factsForLog(factsOf(erased)), approval: approval.id },
    });
  }

  settle(): Promise<void> {
    return this.erasures.run();
  }

  /** Nothing was prepared. */
  async drop(): Promise<void> {}

  async about(_tx: RecordsTx, approval: Approval): Promise<ApprovalFacts> {
    return { ...subjectOf(approval) };
  }
}

/** As `AskErasure` wrote it. */
function subjectOf({ subject }: Approval): ErasureSubject {
  return subject as unknown as ErasureSubject;
}
