import { Injectable } from '@nestjs/common';
import { lockOpenApproval } from '../../access/approvals/approval.js';
import { Approvals } from '../../access/approvals/approvals.js';
import { inSiteOf } from '../../access/in-site-of.js';
import { mustBeAdmitted } from '../../access/must-be-admitted.js';
import type { SiteMember } from '../../access/signed-in.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { Refusal } from '../../platform/refusal.js';
import { mustNotBeKept } from '../../retention/erasure/must-not-be-kept.js';
import { KeyStore } from '../../vault/key-store.js';
import { erasableIntake } from './erasable-intake.js';
import type { ErasureSubject } from './intake-erasure.js';

/** Asks for an intake's early erasure, because its client wants it. Another person decides (`IntakeErasure`). Opens nothing. */
@Injectable()
export class AskErasure {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly approvals: Approvals,
  ) {}

  /**
   * A preparer has to be admitted: otherwise an administrator could invite one, ask in their name and approve it themselves.
   * @throws Refusal NOT_ADMITTED, NOT_FOUND, DESTROYED, PRESERVED, RESTORED, INVALID_INPUT when the reason is none, or ALREADY_DONE
   * with the `approvalId` of the request that waits
   */
  async run(who: SiteMember, id: string, reason: string): Promise<{ readonly approvalId: string }> {
    if (who.role === 'preparer') mustBeAdmitted(who);
    try {
      return await inSiteOf(this.records, who, async (tx) => {
        await this.refuseAsked(tx, id);
        const row = await erasableIntake(tx, who.siteId, id);
        await mustNotBeKept(this.keyStore, who.siteId, id);
        const subject: ErasureSubject = { intake: id, taxYear: row.tax_year };
        const asked = await this.approvals.request(tx, who, { kind: 'intake.erasure', siteId: who.siteId, subject: { ...subject }, reason });
        return { approvalId: asked.id };
      });
    } catch (error) {
      throw isSecond(error) ? alreadyAsked() : error;
    }
  }

  /** One that has lapsed is closed on sight. */
  private async refuseAsked(tx: RecordsTx, id: string): Promise<void> {
    const [open] = await tx.query<{ id: string }>(
      `SELECT id FROM approval WHERE kind = 'intake.erasure' AND state = 'open' AND subject ->> 'intake' = $1`,
      [id],
    );
    const locked = open && (await lockOpenApproval(tx, open.id));
    if (locked && !(await this.approvals.lapse(tx, locked))) throw alreadyAsked(locked.id);
  }
}

/** Two at the same moment: the database lets one of them through. */
function isSecond(error: unknown): boolean {
  return error instanceof Error && (error as { constraint?: unknown }).constraint === 'approval_one_erasure';
}

function alreadyAsked(approvalId?: string): Refusal {
  return new Refusal('ALREADY_DONE', 'The erasure of this intake has been asked for, and waits for a decision.', approvalId ? { approvalId } : {});
}
