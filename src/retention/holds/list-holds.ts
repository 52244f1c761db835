import { Injectable } from '@nestjs/common';
import { inSiteOf } from '../../access/in-site-of.js';
import { isAllowed } from '../../access/permissions.js';
import type { SiteMember } from '../../access/signed-in.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Refusal } from '../../platform/refusal.js';
import { readHolds, type Hold, type HoldScope } from '../../vault/holds.js';
import { KeyStore } from '../../vault/key-store.js';
import { DestroyedBeforeHold } from './destroyed-before.js';
import { coverOf, intakesCovered, type HoldCover } from './hold-cover.js';
import { concerning, countedBy, isOwnHold } from './hold-of.js';
import { unknownOf, type TooLate } from './too-late.js';

export interface KnownHold extends Hold {
  /** For administrators whom it concerns: auditors see that there is a hold, and not for which matter. */
  readonly matter?: string;
  readonly mayRelease: boolean;
  /** Of the request for its release that waits. */
  readonly approvalId?: string;
}

export interface ListedHold extends KnownHold {
  /** What it keeps of what lives now; nothing once it is released. */
  readonly covers: HoldCover;
}

export interface HoldInFull extends ListedHold {
  /** What had been destroyed before it came; nothing once it is released, since by then more is. */
  readonly tooLate: TooLate;
  /** Of the intakes that it names (`unknownOf`); nothing once it is released. */
  readonly unknown: readonly string[];
}

type Own = Pick<KnownHold, 'matter' | 'approvalId'>;

/** The holds that cover anything of somebody's site. Says of nobody why they are on it. */
@Injectable()
export class ListHolds {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly destroyedBefore: DestroyedBeforeHold,
  ) {}

  /** The newest first. */
  async run(who: SiteMember): Promise<readonly ListedHold[]> {
    return Promise.all((await this.known(who)).map((hold) => this.covered(who, hold)));
  }

  /** The same without the counts, which take a look at everything that lives. */
  async known(who: SiteMember): Promise<readonly KnownHold[]> {
    const all = await this.keyStore.transaction(({ tx }) => readHolds(tx));
    const mayRelease = isAllowed(who, 'hold.release');
    const own = mayRelease ? await this.own(who) : new Map<string, Own>();
    const holds = [...(await concerning(this.keyStore, who, all))].reverse();
    return holds.map((hold) => ({ ...hold, mayRelease: mayRelease && isOwnHold(who, hold) && !hold.releasedAt, ...own.get(hold.id) }));
  }

  /** @throws Refusal NOT_FOUND */
  async find(who: SiteMember, id: string): Promise<HoldInFull> {
    const hold = (await this.known(who)).find((one) => one.id === id);
    if (!hold) throw new Refusal('NOT_FOUND', 'There is no such hold.');
    if (hold.releasedAt) return { ...hold, covers: {}, tooLate: { runs: [], intakes: [] }, unknown: [] };
    const scope = countedBy(who, hold);
    const unknown = await this.unknown(scope);
    return { ...(await this.covered(who, hold)), tooLate: await this.destroyedBefore.read(scope, hold.placedAt), unknown };
  }

  /** Whatever is known to be gone, before the hold or since. */
  private async unknown(scope: HoldScope): Promise<readonly string[]> {
    if (!scope.intakes) return [];
    const covered = await intakesCovered(this.keyStore, scope);
    return unknownOf(scope, covered, await this.destroyedBefore.read(scope));
  }

  private async covered(who: SiteMember, hold: KnownHold): Promise<ListedHold> {
    return { ...hold, covers: hold.releasedAt ? {} : await coverOf(this.keyStore, countedBy(who, hold)) };
  }

  private async own(who: SiteMember): Promise<ReadonlyMap<string, Own>> {
    const rows = await inSiteOf(this.records, who, (tx) =>
      tx.query<{ hold_id: string; matter: string; approvalId: string | null }>(
        `SELECT m.hold_id, m.matter, a.id AS "approvalId" FROM hold_matter m
         LEFT JOIN approval a ON a.kind = 'hold.release' AND a.state = 'open' AND a.subject ->> 'hold' = m.hold_id::text`,
      ),
    );
    return new Map(rows.map(({ hold_id, matter, approvalId }) => [hold_id, { matter, ...(approvalId && { approvalId }) }]));
  }
}
