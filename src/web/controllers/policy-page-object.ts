import type { Site } from '../../access/site.js';
import { CLASSES_FROM_THE_START, PREPARER_LIST, type RetentionClass } from '../../catalogue/retention-class.js';
import type { Wording } from '../../catalogue/wording.js';
import type { Day } from '../../platform/clock.js';
import { filingYearFor, seasonEndFor } from '../../access/season-end.js';
import { listYears, type ClassPolicy, type PublishedPolicy, type Rule, type Trigger } from '../../retention/policy.js';
import { announced, inForce, type PolicySchedule } from '../../retention/policy-schedule.js';
import type { PolicyPage, PolicyRow } from '../pages/policy-page.js';
import { PERIOD_WORDS as WORDS } from '../words/retention-words.js';

/** @param keepsList some returns are on its preparer's list, whether or not it makes new ones. @param today at the site */
export function policyPageObject(site: Site, keepsList: boolean, schedule: PolicySchedule, today: Day): Omit<PolicyPage, 'otherSites' | 'mayPropose'> {
  const policy = inForce(schedule, today);
  const rowsOf = (one: PublishedPolicy) => [...rowsOfClasses(site, one), ...(keepsList || isCollected(site, PREPARER_LIST) ? [rowOfList(site, one)] : [])];
  const seasonEnd = seasonEndFor(site, { createdDay: today, filingYear: filingYearFor(today) });
  return {
    siteName: site.name,
    version: policy.version,
    since: policy.effectiveDay,
    seasonEnd,
    keepsList: keepsList || isCollected(site, PREPARER_LIST),
    rows: rowsOf(policy),
    changes: announced(schedule, today).map((next) => ({ from: next.effectiveDay, seasonEnd, rows: rowsOf(next) })),
    history: schedule.filter(({ effectiveDay }) => effectiveDay < policy.effectiveDay).map((past) => ({ version: past.version, since: past.effectiveDay, rows: rowsOf(past) })),
  };
}

function rowsOfClasses(site: Site, policy: PublishedPolicy): readonly PolicyRow[] {
  return CLASSES_FROM_THE_START.map((name) => rowOf(name, policy.classes[name], isCollected(site, name)));
}

/** Neither the end of the work nor that nobody works on it changes its day. */
function rowOfList(site: Site, policy: PublishedPolicy): PolicyRow {
  const period = WORDS.afterReturnPeriod(listYears(policy));
  return { class: PREPARER_LIST, collected: isCollected(site, PREPARER_LIST), afterDone: period, untouched: WORDS.sameDay };
}

/** Classes that a site has to switch on are asked where it did, the preparer's list is kept where the regime is that; the others everywhere. */
export function isCollected(site: Site, name: RetentionClass): boolean {
  if (name === PREPARER_LIST) return site.regime === 'compensated';
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
