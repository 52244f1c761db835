import { Injectable } from '@nestjs/common';
import { lockOpenApproval } from '../../access/approvals/approval.js';
import { Approvals } from '../../access/approvals/approvals.js';
import { inSiteOf } from '../../access/in-site-of.js';
import type { SiteMember } from '../../access/signed-in.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { Refusal } from '../../platform/refusal.js';
import { KeyStore } from '../../vault/key-store.js';
import { ownHold } from './hold-of.js';
import { SettleHolds } from './settle-holds.js';

/** Asks for the release of a hold. It stays in force until another person approves (`HoldRelease`). */
@Injectable()
export class AskRelease {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly approvals: Approvals,
    private readonly settleHolds: SettleHolds,
  ) {}

  /**
   * @throws Refusal NOT_FOUND, FORBIDDEN, INVALID_INPUT when the reason is none, or ALREADY_DONE when it is released, or asked for
   * already: then with the `approvalId` of the request that waits
   */
  async run(who: SiteMember, id: string, reason: string): Promise<{ readonly approvalId: string }> {
    const { scope, releasedAt } = await ownHold(this.keyStore, who, id);
    if (releasedAt) throw new Refusal('ALREADY_DONE', 'This hold has been released.');
    await this.settleHolds.run(); // one whose process died while it was placed has no entry yet, and only what the log knows is released by it
    const at = { ...who, siteId: scope.site ?? who.siteId };
    try {
      return await inSiteOf(this.records, at, async (tx) => {
        await this.refuseAsked(tx, id);
        const asked = await this.approvals.request(tx, who, { kind: 'hold.release', siteId: scope.site ?? null, subject: { hold: id }, reason });
        return { approvalId: asked.id };
      });
    } catch (error) {
      throw isSecond(error) ? alreadyAsked() : error;
    }
  }

  /** One that has lapsed is closed on sight. */
  private async refuseAsked(tx: RecordsTx, id: string): Promise<void> {
    const [open] = await tx.query<{ id: string }>(
      `SELECT id FROM approval WHERE kind = 'hold.release' AND state = 'open' AND subject ->> 'hold' = $1`,
      [id],
    );
    const locked = open && (await lockOpenApproval(tx, open.id));
    if (locked && !(await this.approvals.lapse(tx, locked))) throw alreadyAsked(locked.id);
  }
}

/** Two at the same moment: the database lets one of them through. */
function isSecond(error: unknown): boolean {
  return error instanceof Error && (error as { constraint?: unknown }).constraint === 'approval_one_release';
}

function alreadyAsked(approvalId?: string): Refusal {
  return new Refusal('ALREADY_DONE', 'The release of this hold has been asked for, and waits for a decision.', approvalId ? { approvalId } : {});
}
