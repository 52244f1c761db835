import { Injectable } from '@nestjs/common';
import { inSiteOf } from '../../access/in-site-of.js';
import { isAllowed } from '../../access/permissions.js';
import type { SiteMember } from '../../access/signed-in.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { readHolds, type Hold } from '../../vault/holds.js';
import { KeyStore } from '../../vault/key-store.js';
import { coverOf, type HoldCover } from './hold-cover.js';
import { concerns, isOwnHold } from './hold-of.js';

export interface ListedHold extends Hold {
  /** What it keeps of what lives now; nothing once it is released. */
  readonly covers: HoldCover;
  /** For those alone who may release it: auditors see that there is a hold, and not for which matter. */
  readonly matter?: string;
  readonly mayRelease: boolean;
  /** Of the request for its release that waits. */
  readonly approvalId?: string;
}

/** The holds that cover anything of somebody's site, the newest first. Says of nobody why they are on it. */
@Injectable()
export class ListHolds {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
  ) {}

  async run(who: SiteMember): Promise<readonly ListedHold[]> {
    const all = await this.keyStore.transaction(({ tx }) => readHolds(tx));
    const holds = all.filter((hold) => concerns(who, hold)).reverse();
    const mayRelease = isAllowed(who, 'hold.release');
    const known = mayRelease ? await this.known(who) : new Map<string, { matter: string; approvalId: string | null }>();
    return Promise.all(
      holds.map(async (hold) => {
        const { matter, approvalId } = known.get(hold.id) ?? {};
        return {
          ...hold,
          covers: hold.releasedAt ? {} : await coverOf(this.keyStore, hold.id),
          mayRelease: mayRelease && isOwnHold(who, hold) && !hold.releasedAt,
          ...(matter !== undefined && { matter }),
          ...(approvalId && { approvalId }),
        };
      }),
    );
  }

  private async known(who: SiteMember): Promise<ReadonlyMap<string, { readonly matter: string; readonly approvalId: string | null }>> {
    const rows = await inSiteOf(this.records, who, (tx) =>
      tx.query<{ hold_id: string; matter: string; approvalId: string | null }>(
        `SELECT m.hold_id, m.matter, a.id AS "approvalId" FROM hold_matter m
         LEFT JOIN approval a ON a.kind = 'hold.release' AND a.state = 'open' AND a.subject ->> 'hold' = m.hold_id::text`,
      ),
    );
    return new Map(rows.map(({ hold_id, ...rest }) => [hold_id, rest]));
  }
}
