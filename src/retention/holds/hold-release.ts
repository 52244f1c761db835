import { Injectable } from '@nestjs/common';
import { actorOf } from '../../access/actor.js';
import type { Approval } from '../../access/approvals/approval.js';
import type { ApprovalFacts, ApprovalKind } from '../../access/approvals/approval-kind.js';
import { ApprovalKinds } from '../../access/approvals/approval-kinds.js';
import type { Role, SignedIn } from '../../access/signed-in.js';
import { AccessLog } from '../../audit/append-entry.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { Refusal } from '../../platform/refusal.js';
import { refuseRestored } from '../../vault/restored/restored-mode.js';
import { KeyStore } from '../../vault/key-store.js';
import { lockHolds } from '../../vault/hold-lock.js';
import { holdInEntry, loggedHolds } from './logged-holds.js';
import { SettleHolds } from './settle-holds.js';

/**
 * The end of a legal hold, which takes two. The log's entry is what ends it, and the key store follows: a crash between leaves it in
 * force until `SettleHolds` ends it. What it kept past its date goes with the next run.
 */
@Injectable()
export class HoldRelease implements ApprovalKind {
  readonly name = 'hold.release';
  readonly ask = 'hold.release';
  readonly approve = 'hold.release';
  readonly livesForDays = 14;

  constructor(
    kinds: ApprovalKinds,
    private readonly keyStore: KeyStore,
    private readonly log: AccessLog,
    private readonly holds: SettleHolds,
  ) {
    kinds.register(this);
  }

  /** @throws Refusal ALREADY_DONE, RESTORED: records out of a backup may bring back a request that was declined */
  async carryOut(tx: RecordsTx, approval: Approval, approver: SignedIn): Promise<void> {
    const id = holdOf(approval);
    await lockHolds(tx);
    await this.keyStore.database.transaction(refuseRestored);
    const scope = (await loggedHolds(tx)).open.get(id);
    if (!scope) throw new Refusal('ALREADY_DONE', 'This hold has been released.');
    const { subject, context } = holdInEntry(id, scope);
    await this.log.append(tx, { kind: 'hold.released', actor: actorOf(approver), subject, context: { ...context, approval: approval.id } });
  }

  async settle(): Promise<void> {
    await this.holds.run();
  }

  /** Nothing was prepared. */
  async drop(): Promise<void> {}

  /** The matter is for those alone who may release. */
  async about(tx: RecordsTx, approval: Approval, { role, organisationWide }: { readonly role: Role; readonly organisationWide: boolean }): Promise<ApprovalFacts> {
    const hold = holdOf(approval);
    if (role !== 'administrator' || (approval.siteId === null && !organisationWide)) return { hold };
    const [row] = await tx.query<{ matter: string }>('SELECT matter FROM hold_matter WHERE hold_id = $1', [hold]);
    return { hold, ...(row && { matter: row.matter }) };
  }
}

/** As `AskRelease` wrote it. */
function holdOf({ subject }: Approval): string {
  return subject['hold'] as string;
}
