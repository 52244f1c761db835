import { Injectable } from '@nestjs/common';
import { Approvals } from '../../access/approvals/approvals.js';
import { inSiteOf } from '../../access/in-site-of.js';
import type { SiteMember } from '../../access/signed-in.js';
import { RecordsDatabase } from '../../platform/records-database.js';
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
    return inSiteOf(this.records, at, async (tx) => {
      const asked = await this.approvals.requestOnly(tx, who, { kind: 'hold.release', siteId: scope.site ?? null, subject: { hold: id }, reason }, 'hold');
      return { approvalId: asked.id };
    });
  }
}
