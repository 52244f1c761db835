import { Injectable } from '@nestjs/common';
import { siteDay } from '../access/site-day.js';
import type { SiteMember } from '../access/signed-in.js';
import type { Consents } from '../catalogue/consents.js';
import { selectFields } from '../catalogue/select-fields.js';
import { Clock, type Day } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { Refusal } from '../platform/refusal.js';
import { outlivesSeason } from '../retention/due-days.js';
import { announced, inForce, policySchedule } from '../retention/policy-schedule.js';
import type { Plain } from '../vault/plain.js';
import { OpenDayPage } from './open-day-page.js';

const { paths: PATHS } = selectFields(['consents']);

/** SQL: the intakes whose consents say whose they are, and have not gone before the rest of their row. Of the index `intake_consents_named`. */
const KEPT = `consents_named AND erased_day IS NULL AND destroyed -> 'consents' IS NULL`;

export interface KeptConsents {
  /** The intake's. */
  readonly id: string;
  readonly taxYear: number;
  readonly createdDay: Day;
  /** A legal hold keeps them past their day: they open for nobody. */
  readonly isPreserved: boolean;
  /** Their day of destruction, while they are alive. */
  readonly dueDay?: Day;
  /** Absent also where what is stored is not what was written: opening the intake says why. */
  readonly consents?: Plain<Consents>;
}

export interface KeptOfYear {
  readonly intakes: readonly KeptConsents[];
  /** Hand it back for the next page; absent on the last. */
  readonly next?: string;
}

export interface KeptYear {
  /** The filing year. */
  readonly year: number;
  /** With such consents; those that a legal hold keeps past their day among them, which open for nobody. */
  readonly intakes: number;
}

/**
 * The consents that a site keeps to show them later, with the names of who gave them (docs/decisions/0029): nothing else finds them once
 * the season is over. A filing year at a time, oldest first, fifty intakes a page, each page one read in the log.
 */
@Injectable()
export class ListKeptConsents {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly open: OpenDayPage,
    private readonly clock: Clock,
  ) {}

  /** Newest first. Opens nothing. */
  years(who: SiteMember): Promise<readonly KeptYear[]> {
    return this.records.inSite(who.siteId, (tx) =>
      tx.query<KeptYear>(
        `SELECT filing_year AS year, count(*)::integer AS intakes FROM intake WHERE site_id = $1 AND ${KEPT} GROUP BY 1 ORDER BY 1 DESC`,
        [who.siteId],
      ),
    );
  }

  /** Whether there are, or are to be, such consents at this site. */
  async keepsConsents(who: SiteMember): Promise<boolean> {
    return this.records.inSite(who.siteId, async (tx) => {
      const [today, policies] = [siteDay(who, this.clock.now()), await policySchedule(tx)];
      if ([inForce(policies, today), ...announced(policies, today)].some(({ classes }) => outlivesSeason(classes.consents.rules))) return true;
      return (await tx.query(`SELECT FROM intake WHERE site_id = $1 AND ${KEPT} LIMIT 1`, [who.siteId])).length > 0;
    });
  }

  /** @throws Refusal INVALID_INPUT for a cursor that is not one, LOG_STALLED */
  async run(who: SiteMember, filingYear: number, cursor?: string): Promise<KeptOfYear> {
    const list = { day: 'created_day', where: `filing_year = $5 AND ${KEPT}`, parameters: [filingYear], class: 'consents', fields: PATHS } as const;
    const { rows, ...rest } = await this.open.run(who, { ...list, of: ({ consents }) => consents }, cursor);
    const intakes = rows.map(({ row, isPreserved, dueDay, opened }) => ({
      ...{ id: row.id, taxYear: row.tax_year, createdDay: row.day, isPreserved },
      ...(dueDay && { dueDay }),
      ...(opened && { consents: opened }),
    }));
    return { intakes, ...rest };
  }
}

/** As an address names it. @throws Refusal NOT_FOUND */
export function filingYearNamed(year: string): number {
  if (!/^2\d{3}$/.test(year)) throw new Refusal('NOT_FOUND', 'There is no such filing year.');
  return Number(year);
}
