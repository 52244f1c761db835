import { Injectable } from '@nestjs/common';
import { siteDay } from '../access/site-day.js';
import type { SiteMember } from '../access/signed-in.js';
import { AccessTickets } from '../access/tickets.js';
import { UnlockVault } from '../access/unlock-vault.js';
import type { PreparerList } from '../catalogue/preparer-list.js';
import { PREPARER_LIST } from '../catalogue/retention-class.js';
import { selectFields } from '../catalogue/select-fields.js';
import { day, type Day } from '../platform/clock.js';
import { Refusal } from '../platform/refusal.js';
import { wipeLives, type Lives } from '../vault/life-shares.js';
import { Plain } from '../vault/plain.js';
import type { VaultKey } from '../vault/vault-grant.js';
import { IntakeStores } from './intake-stores.js';
import { livesOfListed, openedOf } from './opened-of.js';
import { returnPeriod, type ReturnPeriod } from './return-period.js';
import { siteRules } from './site-rules.js';
import { storedForReading } from './stored-intake.js';

const PAGE = 50;
const { paths: PATHS } = selectFields(['preparerList']);

export interface ListedReturn {
  /** The intake's. */
  readonly id: string;
  /** On which it was last ready to be signed. */
  readonly listedDay: Day;
  /** A legal hold keeps it past its day: it opens for nobody. */
  readonly isPreserved: boolean;
  /** Absent also where what is stored is not what was written: opening the intake says why. */
  readonly list?: Plain<PreparerList>;
}

export interface ReturnsOfPeriod {
  readonly returns: readonly ListedReturn[];
  /** Hand it back for the next page; absent on the last. */
  readonly next?: string;
}

export interface PeriodCount extends ReturnPeriod {
  /** On the list; those that a legal hold keeps past their day among them, which open for nobody. */
  readonly returns: number;
}

interface Row {
  readonly id: string;
  readonly listed_day: Day;
  readonly arrival: number;
}

/**
 * The list that a compensated preparer shows to the IRS on request (IRC 6107(b)), a return period at a time: oldest first, fifty a page,
 * each page one read in the log.
 */
@Injectable()
export class ListReturns {
  constructor(
    private readonly stores: IntakeStores,
    private readonly vaults: UnlockVault,
    private readonly tickets: AccessTickets,
  ) {}

  /** Newest first. Opens nothing. */
  periods(who: SiteMember): Promise<readonly PeriodCount[]> {
    return this.stores.records.inSite(who.siteId, async (tx) => {
      const rows = await tx.query<{ year: number; returns: number }>(
        `SELECT extract(year FROM listed_day - interval '6 months')::integer AS year, count(*)::integer AS returns
         FROM intake WHERE site_id = $1 AND listed_day IS NOT NULL GROUP BY 1 ORDER BY 1 DESC`,
        [who.siteId],
      );
      return rows.map(({ year, returns }) => ({ ...returnPeriod(year), returns }));
    });
  }

  /** Whether there is, or may be, such a list at this site. */
  async keepsLists(who: SiteMember): Promise<boolean> {
    return this.stores.records.inSite(who.siteId, async (tx) => {
      if ((await siteRules(tx, who.siteId)).regime === 'compensated') return true;
      return (await tx.query('SELECT FROM intake WHERE site_id = $1 AND listed_day IS NOT NULL LIMIT 1', [who.siteId])).length > 0;
    });
  }

  /** @throws Refusal INVALID_INPUT for a cursor that is not one, LOG_STALLED */
  async run(who: SiteMember, period: ReturnPeriod, cursor?: string): Promise<ReturnsOfPeriod> {
    const after = cursorValue(cursor);
    return this.vaults.withVault(who, async (vault) => {
      const rows = await this.page(who, period, after);
      const page = rows.slice(0, PAGE);
      const returns = page.length > 0 ? await this.opened(who, vault, page) : [];
      const last = page.at(-1);
      return rows.length > PAGE && last ? { returns, next: `${last.listed_day}.${last.arrival}` } : { returns };
    });
  }

  private page(who: SiteMember, { from, to }: ReturnPeriod, after: Cursor | undefined): Promise<readonly Row[]> {
    return this.stores.records.inSite(who.siteId, (tx) =>
      tx.query<Row>(
        `SELECT id, listed_day, arrival FROM intake WHERE site_id = $1 AND listed_day BETWEEN $2 AND $3
           AND ($4::date IS NULL OR (listed_day, arrival) > ($4::date, $5::bigint))
         ORDER BY listed_day, arrival LIMIT $6`,
        [who.siteId, from, to, after?.day ?? null, after?.arrival ?? null, PAGE + 1],
      ),
    );
  }

  private async opened(who: SiteMember, vault: VaultKey, rows: readonly Row[]): Promise<readonly ListedReturn[]> {
    const { keyStore, clock } = this.stores;
    const today = siteDay(who, clock.now());
    const lives = await keyStore.transaction((store) => livesOfListed(store, who.siteId, rows.map(({ id }) => id), PREPARER_LIST, today));
    const state = (id: string) => lives.get(id)!.get(PREPARER_LIST)?.state;
    try {
      const intakeIds = rows.map(({ id }) => id).filter((id) => state(id) === 'alive');
      const lists = intakeIds.length > 0 ? await this.lists(who, vault, intakeIds, lives) : new Map<string, Plain<PreparerList>>();
      return rows.filter(({ id }) => state(id) !== 'over').map(({ id, listed_day: listedDay }) => {
        const list = lists.get(id);
        return { id, listedDay, isPreserved: state(id) === 'held', ...(list ? { list } : {}) };
      });
    } finally {
      wipeLives(...lives.values());
    }
  }

  private async lists(who: SiteMember, vault: VaultKey, intakeIds: readonly string[], lives: ReadonlyMap<string, Lives>): Promise<ReadonlyMap<string, Plain<PreparerList>>> {
    const grounds = { kind: 'answers.read', intakeIds, classes: [PREPARER_LIST], fields: PATHS, purpose: 'print' } as const;
    const { stored, ticket } = await this.stores.records.inSite(who.siteId, (tx) => storedForReading(tx, this.tickets, who, grounds));
    return new Map(
      stored.flatMap((intake) => {
        const list = openedOf(vault, intake, lives.get(intake.row.id)!, ticket, PATHS)?.preparerList;
        return list ? [[intake.row.id, new Plain(list)] as const] : [];
      }),
    );
  }
}

interface Cursor {
  readonly day: Day;
  readonly arrival: number;
}

function cursorValue(cursor: string | undefined): Cursor | undefined {
  if (cursor === undefined) return undefined;
  const [, name, arrival] = /^(\d{4}-\d{2}-\d{2})\.(\d{1,15})$/.exec(cursor) ?? [];
  try {
    return { day: day(name ?? ''), arrival: Number(arrival) };
  } catch {
    throw new Refusal('INVALID_INPUT', 'This is not a page of the list.', { fields: ['cursor'] });
  }
}
