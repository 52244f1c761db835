import { Injectable } from '@nestjs/common';
import { mustBeAdmitted } from '../access/must-be-admitted.js';
import { seasonEndFor, yearOf } from '../access/season-end.js';
import type { SiteMember } from '../access/signed-in.js';
import { siteDay } from '../access/site-day.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import { Clock, type Day } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { policySchedule, scheduledDays } from '../retention/policy-schedule.js';
import { newFacts } from './new-facts.js';
import { siteRules } from './site-rules.js';
import { taxYearsOffered } from './tax-year.js';

export interface IntakePlan {
  /** Newest first; the one that most come for first of all. */
  readonly taxYears: readonly number[];
  readonly usualTaxYear: number;
  /** The day of destruction of each class that the site collects, if nobody works on it after today. */
  readonly due: Partial<Record<RetentionClass, Day>>;
}

/** What an intake would be that is started today. Starts none. */
@Injectable()
export class PlanIntake {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly clock: Clock,
  ) {}

  /** Opens nothing, and is for those alone who could start one. @throws Refusal NOT_ADMITTED */
  async run(who: SiteMember): Promise<IntakePlan> {
    mustBeAdmitted(who);
    const { siteId } = who;
    return this.records.inSite(siteId, async (tx) => {
      const site = await siteRules(tx, siteId);
      const today = siteDay(site, this.clock.now());
      const facts = newFacts(today, yearOf(today) - 1, { consentsGiven: false, consentsNamed: false });
      const days = scheduledDays(await policySchedule(tx), facts, seasonEndFor(site, facts));
      const off = Object.entries(site.collect).flatMap(([name, collected]) => (collected ? [] : [name]));
      const due = Object.fromEntries([...days].filter(([name]) => !off.includes(name)));
      return { taxYears: taxYearsOffered(today, facts.filingYear), usualTaxYear: facts.filingYear - 1, due };
    });
  }
}
