import { Injectable } from '@nestjs/common';
import { RETENTION_CLASSES, type RetentionClass } from '../catalogue/retention-class.js';
import { addDays, type Day } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { Refusal } from '../platform/refusal.js';
import { KeyStore } from '../vault/key-store.js';
import { explain, readAffected, type AffectedCounts, type AffectedIntake } from './affected-intakes.js';
import { DestructionDay, type ClockDoubt } from './destruction-day.js';
import { calendarOf, foreseeRun, shrinking, type CalendarDay, type ForeseenClass, type LivingOn } from './foresee.js';
import { readLivingCounts } from './living-counts.js';
import { readLivingDays, type LivingDay } from './living-days.js';
import { inForce, policySchedule } from './policy-schedule.js';
import { begunBy, PurgeRuns } from './purge-runs.js';

/** Further ahead than any intake of this season or the next lives by its own policy; a preparer's list lives longer, and can be asked for until its day. */
const FURTHEST_DAYS = 400;
/** Of the calendar, and of the picture in either direction. */
const SHOWN_DAYS = 90;

export interface PreviewDays {
  readonly asOf: Day;
  /** At the site, for destruction. */
  readonly today: Day;
  /** When the next nightly run is: today while today's has not been. */
  readonly nextRun: Day;
  readonly doubt: ClockDoubt | undefined;
}

/** What the runs until a day, that day's included, do with what is there now. */
export interface RunPreview extends PreviewDays {
  readonly policyVersion: number;
  readonly classes: readonly ForeseenClass[];
  /** Intakes of which anything goes, or is held. */
  readonly counts: AffectedCounts;
  readonly intakes: readonly AffectedIntake[];
  readonly next?: string;
  /** The ninety days from the next run, without those on which nothing is due. */
  readonly calendar: readonly CalendarDay[];
}

/** After the runs that have been, and after those to come. */
export interface HeldOverTime {
  readonly today: Day;
  /** Of days before today. */
  readonly past: readonly LivingOn[];
  /** First how it stands now, by the name of today; then as the next run leaves it and those after it. The next may be today's: that day is there twice. */
  readonly coming: readonly [LivingOn, ...LivingOn[]];
}

/** Both from one look at what lives. */
export interface FoundPreview {
  readonly preview: RunPreview;
  readonly overTime: HeldOverTime;
}

/**
 * Says of one site what will be destroyed before it is. The key store's own days and holds decide, as they do in a run; the
 * records say why. What somebody does with an intake until then moves its days.
 */
@Injectable()
export class Preview {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly destructionDay: DestructionDay,
    private readonly runs: PurgeRuns,
  ) {}

  /**
   * @param counted the classes that the counts of intakes are of
   * @throws Refusal INVALID_INPUT for a day that is past or too far ahead, and for a cursor that is not one
   */
  async read(siteId: string, asked: Day | 'today' | 'next-run', cursor?: string, counted: readonly RetentionClass[] = RETENTION_CLASSES): Promise<RunPreview> {
    return (await this.readWithTime(siteId, asked, cursor, counted)).preview;
  }

  /** @throws Refusal as `read` */
  async readWithTime(
    siteId: string,
    asked: Day | 'today' | 'next-run',
    cursor: string | undefined,
    counted: readonly RetentionClass[],
  ): Promise<FoundPreview> {
    const living = await readLivingDays(this.keyStore, siteId);
    const days = await this.days(siteId, asked, living.at(-1)?.day);
    const affected = await readAffected(this.keyStore, siteId, days.asOf, cursor, counted);
    const preview = await this.records.inSite(siteId, async (tx) => {
      const policies = await policySchedule(tx);
      return {
        ...days,
        policyVersion: inForce(policies, days.asOf).version,
        classes: foreseeRun(living, days.asOf),
        counts: affected.counts,
        intakes: await explain(tx, policies, affected),
        ...(affected.next === undefined ? {} : { next: affected.next }),
        calendar: calendarOf(living, days.nextRun, addDays(days.nextRun, SHOWN_DAYS - 1)),
      };
    });
    return { preview, overTime: await this.overTime(siteId, days, living) };
  }

  /** For the picture alone. */
  async heldOverTime(siteId: string): Promise<HeldOverTime> {
    const days = await this.days(siteId, 'today');
    return this.overTime(siteId, days, await readLivingDays(this.keyStore, siteId));
  }

  private async overTime(siteId: string, { today, nextRun }: PreviewDays, living: readonly LivingDay[]): Promise<HeldOverTime> {
    const past = await readLivingCounts(this.records, siteId, addDays(today, -SHOWN_DAYS));
    return { today, past: past.filter(({ day }) => day < today), coming: shrinking(living, today, nextRun, addDays(nextRun, SHOWN_DAYS)) };
  }

  private async days(siteId: string, asked: Day | 'today' | 'next-run', lastDue?: Day): Promise<PreviewDays> {
    const { now, sites, doubt } = await this.destructionDay.read();
    const { today } = sites.find((site) => site.siteId === siteId)!;
    const nextRun = (await this.hasRun(siteId, today, now)) ? addDays(today, 1) : today;
    const asOf = asked === 'today' ? today : asked === 'next-run' ? nextRun : asked;
    const usual = addDays(today, FURTHEST_DAYS);
    const furthest = lastDue !== undefined && lastDue > usual ? lastDue : usual;
    if (asOf < today || asOf > furthest) {
      throw new Refusal('INVALID_INPUT', `A preview is of today, or of a day up to ${furthest}.`, { fields: ['asOf'] });
    }
    return { asOf, today, nextRun, doubt };
  }

  private async hasRun(siteId: string, today: Day, now: Date): Promise<boolean> {
    const last = begunBy(now, await this.runs.recent(20)).find(({ state }) => state === 'finished');
    return (last?.days[siteId] ?? '') >= today;
  }
}
