import type { Site } from '../../access/site.js';
import { RETENTION_CLASSES, type RetentionClass } from '../../catalogue/retention-class.js';
import type { Wording } from '../../catalogue/wording.js';
import type { Day } from '../../platform/clock.js';
import { filingYearFor, seasonEndFor } from '../../retention/due-days.js';
import type { ClassPolicy, PublishedPolicy, Rule, Trigger } from '../../retention/policy.js';
import { announced, inForce, type PolicySchedule } from '../../retention/policy-schedule.js';
import type { PolicyPage, PolicyRow } from '../pages/policy-page.js';
import { PERIOD_WORDS as WORDS } from '../words/retention-words.js';

/** @param today at the site */
export function policyPageObject(site: Site, schedule: PolicySchedule, today: Day): Omit<PolicyPage, 'otherSites' | 'mayPropose'> {
  const policy = inForce(schedule, today);
  const seasonEnd = seasonEndFor({ season_end: site.seasonEnd }, filingYearFor(today));
  return {
    siteName: site.name,
    version: policy.version,
    since: policy.effectiveDay,
    seasonEnd,
    rows: rowsOf(site, policy),
    changes: announced(schedule, today).map((next) => ({ from: next.effectiveDay, seasonEnd, rows: rowsOf(site, next) })),
    history: schedule.filter(({ effectiveDay }) => effectiveDay < policy.effectiveDay).map((past) => ({ version: past.version, since: past.effectiveDay, rows: rowsOf(site, past) })),
  };
}

function rowsOf(site: Site, policy: PublishedPolicy): readonly PolicyRow[] {
  return RETENTION_CLASSES.map((name) => rowOf(name, policy.classes[name], isCollected(site, name)));
}

/** Classes that a site has to switch on are asked where it did; the others everywhere. */
export function isCollected(site: Site, name: RetentionClass): boolean {
  const switches = { credentials: site.collectCredentials, documents: site.collectDocuments, notes: site.collectNotes };
  return Object.hasOwn(switches, name) ? switches[name as keyof typeof switches] : true;
}

function rowOf(name: RetentionClass, { rules, whileNoneGiven, cap }: ClassPolicy, collected: boolean): PolicyRow {
  return { class: name, collected, afterDone: afterDone(rules), untouched: untouched(rules, whileNoneGiven), cap };
}

function afterDone(rules: readonly Rule[]): number | Wording {
  const done = daysFrom(rules, 'done');
  const prepared = daysFrom(rules, 'prepared');
  if (done !== undefined) return done;
  return prepared === undefined ? WORDS.seasonEnd : WORDS.afterPrepared(prepared);
}

function untouched(rules: readonly Rule[], whileNoneGiven: readonly Rule[] = []): number | Wording {
  const none = daysFrom(whileNoneGiven, 'untouched');
  return daysFrom(rules, 'untouched') ?? (none === undefined ? WORDS.seasonEnd : WORDS.whileNoneGiven(none));
}

/** The shortest counts. */
function daysFrom(rules: readonly Rule[], trigger: Trigger): number | undefined {
  const days = rules.filter((rule) => rule.trigger === trigger).map((rule) => rule.days);
  return days.length === 0 ? undefined : Math.min(...days);
}
