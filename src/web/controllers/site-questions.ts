import { Injectable } from '@nestjs/common';
import { everAsked } from '../../access/ever-asked.js';
import { siteDay } from '../../access/site-day.js';
import type { SiteMember } from '../../access/signed-in.js';
import type { ParsingRules } from '../../catalogue/parse-answers.js';
import { PREPARER_LIST, RETENTION_CLASSES, type CollectedClasses, type RetentionClass } from '../../catalogue/retention-class.js';
import { topicsFor, type Topic } from '../../catalogue/topics.js';
import { siteRules } from '../../intake/site-rules.js';
import { Clock, type Day } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Refusal } from '../../platform/refusal.js';
import { Settings } from '../../platform/settings.js';

export interface Asked {
  readonly topics: readonly Topic[];
  /** How this site reads what was typed, today. */
  readonly rules: ParsingRules;
  /** The day at the site by which answers are destroyed: after a change of time zone it can be a day behind that of the rules. */
  readonly siteDay: Day;
}

/** What a member's site asks: a class that it does not collect has no page, nor has the preparer's list of an intake that is on none. */
@Injectable()
export class SiteQuestions {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** @param id of the intake, where it is about one */
  async of({ siteId }: SiteMember, id?: string): Promise<Asked> {
    const { site, listed } = await this.records.inSite(siteId, async (tx) => ({
      site: await siteRules(tx, siteId),
      listed: id !== undefined && (await tx.query('SELECT FROM intake WHERE id = $1 AND site_id = $2 AND listed_day IS NOT NULL', [id, siteId])).length > 0,
    }));
    const collect = { ...site.collect, [PREPARER_LIST]: listed };
    const rules = { collect, today: this.clock.today(site.timeZone), allowNeverIssued: this.settings.allowNeverIssuedNumbers };
    return { topics: topicsFor(collect), rules, siteDay: siteDay(site, this.clock.now()) };
  }

  /**
   * The classes of which a member's site may hold answers: what it asks for, and what it switched on or off at any time, since what was
   * given then is there until its day. The place that every intake has for the others is empty, and says nothing to anybody.
   */
  mayHold({ siteId }: SiteMember): Promise<readonly RetentionClass[]> {
    return this.records.inSite(siteId, async (tx) => {
      const { collect } = await siteRules(tx, siteId);
      const ever = await everAsked(tx);
      return RETENTION_CLASSES.filter((name) => isAsked(collect, name) || ever.has(name));
    });
  }
}

function isAsked(collect: CollectedClasses, name: RetentionClass): boolean {
  return !Object.hasOwn(collect, name) || collect[name as keyof CollectedClasses];
}

/** @throws Refusal NOT_FOUND */
export function topicNamed({ topics }: Asked, id: string): Topic {
  const topic = topics.find((candidate) => candidate.id === id);
  if (!topic) throw new Refusal('NOT_FOUND', 'There is no such topic.');
  return topic;
}
