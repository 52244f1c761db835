import { Injectable } from '@nestjs/common';
import { Approvals } from '../../access/approvals/approvals.js';
import { inSiteOf } from '../../access/in-site-of.js';
import { mustBeAdmitted } from '../../access/must-be-admitted.js';
import type { SiteMember } from '../../access/signed-in.js';
import { RecordsDatabase } from '../../platform/records-database.js';
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
    return inSiteOf(this.records, who, async (tx) => {
      const row = await erasableIntake(tx, who.siteId, id);
      await mustNotBeKept(this.keyStore, who.siteId, id);
      const subject: ErasureSubject = { intake: id, taxYear: row.tax_year };
      const asked = await this.approvals.requestOnly(tx, who, { kind: 'intake.erasure', siteId: who.siteId, subject: { ...subject }, reason }, 'intake');
      return { approvalId: asked.id };
    });
  }
}
