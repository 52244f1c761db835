import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { actorOf } from '../../access/actor.js';
import { mustStand } from '../../access/approvals/who-decides.js';
import { inSiteOf } from '../../access/in-site-of.js';
import type { SiteMember } from '../../access/signed-in.js';
import { AccessLog } from '../../audit/append-entry.js';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Refusal } from '../../platform/refusal.js';
import { isHoldId, writeHold, type HoldScope } from '../../vault/holds.js';
import { KeyStore } from '../../vault/key-store.js';
import { awaitSaves } from '../await-saves.js';
import { DestroyedBeforeHold } from './destroyed-before.js';
import { coverOf, type HoldCover } from './hold-cover.js';
import { checkMatter, checkScope, type HoldInput } from './hold-input.js';
import { lockHolds } from '../../vault/hold-lock.js';
import { mustKnowSite, withinReach } from './hold-reach.js';
import { holdInEntry } from './logged-holds.js';
import { SettleHolds } from './settle-holds.js';
import type { TooLate } from './too-late.js';

export interface PlacedHold {
  readonly id: string;
  readonly scope: HoldScope;
  /** What it keeps of what lives now. */
  readonly covers: HoldCover;
  readonly tooLate: TooLate;
  /** A save that was under way when it was placed is stuck: what it replaces, should it end, is not kept. */
  readonly saveUnderWay: boolean;
}

/**
 * Places a legal hold: at once, and by one person. It keeps what it names and gives nobody a right to read.
 *
 * The key store commits first, behind a destruction that is under way: what that destroyed is gone, everything else is kept from
 * there on. A crash before the entry leaves a hold that is in force, and `SettleHolds` logs it. Saves that had passed the key store by
 * then come to their end before it is answered: what stands at the answer is overwritten by nobody. One that is stuck is waited for no
 * longer than `awaitSaves` does, and the answer says that there is one.
 */
@Injectable()
export class PlaceHold {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly destroyedBefore: DestroyedBeforeHold,
    private readonly log: AccessLog,
    private readonly clock: Clock,
    private readonly settleHolds: SettleHolds,
  ) {}

  /**
   * Somebody of one site holds that site's things; somebody of the organisation anything.
   * @param id chosen before, so that a form which is sent twice places one hold
   * @throws Refusal INVALID_INPUT, FORBIDDEN, ALREADY_DONE when there is something of this id: it stays as it is
   */
  async run(who: SiteMember, input: HoldInput, id: string = randomUUID()): Promise<PlacedHold> {
    const matter = checkMatter(input.matter);
    const scope = withinReach(who, checkScope(input.scope));
    await inSiteOf(this.records, { ...who, siteId: scope.site ?? who.siteId }, async (tx) => {
      await lockHolds(tx);
      await mustStand(tx, who.memberId); // this lock is waited for
      await mustKnowSite(tx, scope.site);
      await this.keyStore.transaction(async (store) => {
        if (await isHoldId(store.tx, id)) throw new Refusal('ALREADY_DONE', 'This hold has been placed.');
        await writeHold(store.tx, { id, scope, placedAt: this.clock.now() });
      });
      await tx.query('INSERT INTO hold_matter (hold_id, site_id, matter, placed_by) VALUES ($1, $2, $3, $4)', [id, scope.site ?? null, matter, who.memberId]);
      await this.log.append(tx, { kind: 'hold.placed', actor: actorOf(who), ...holdInEntry(id, scope) });
    });
    const saveUnderWay = !(await awaitSaves(this.records));
    await this.settleHolds.run().catch(() => undefined); // as at a start: it is placed, and the answer must not hide that
    return { id, scope, covers: await coverOf(this.keyStore, scope), tooLate: await this.destroyedBefore.read(scope), saveUnderWay };
  }
}
