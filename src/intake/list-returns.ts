import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import type { PreparerList } from '../catalogue/preparer-list.js';
import { PREPARER_LIST } from '../catalogue/retention-class.js';
import { selectFields } from '../catalogue/select-fields.js';
import type { Day } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { Plain } from '../vault/plain.js';
import { OpenDayPage } from './open-day-page.js';
import { returnPeriod, type ReturnPeriod } from './return-period.js';
import { siteRules } from './site-rules.js';

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

/**
 * The list that a compensated preparer shows to the IRS on request (IRC 6107(b)), a return period at a time: oldest first, fifty a page,
 * each page one read in the log.
 */
@Injectable()
export class ListReturns {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly open: OpenDayPage,
  ) {}

  /** Newest first. Opens nothing. */
  periods(who: SiteMember): Promise<readonly PeriodCount[]> {
    return this.records.inSite(who.siteId, async (tx) => {
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
    return this.records.inSite(who.siteId, async (tx) => {
      if ((await siteRules(tx, who.siteId)).regime === 'compensated') return true;
      return (await tx.query('SELECT FROM intake WHERE site_id = $1 AND listed_day IS NOT NULL LIMIT 1', [who.siteId])).length > 0;
    });
  }

  /** @throws Refusal INVALID_INPUT for a cursor that is not one, LOG_STALLED */
  async run(who: SiteMember, { from, to }: ReturnPeriod, cursor?: string): Promise<ReturnsOfPeriod> {
    const list = { day: 'listed_day', where: 'listed_day BETWEEN $5 AND $6', parameters: [from, to], class: PREPARER_LIST, fields: PATHS } as const;
    const { rows, ...rest } = await this.open.run(who, { ...list, of: ({ preparerList }) => preparerList }, cursor);
    const returns = rows.map(({ row, isPreserved, opened }) => ({ id: row.id, listedDay: row.day, isPreserved, ...(opened && { list: opened }) }));
    return { returns, ...rest };
  }
}
