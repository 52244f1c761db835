import type { IntakeFacts } from '../audit/intake-facts.js';
import { RETENTION_CLASSES, type RetentionClass } from '../catalogue/retention-class.js';
import { addDays, day, type Day } from '../platform/clock.js';
import type { Policy, Rule, Trigger } from './policy.js';

/**
 * The day on which each class of an intake is destroyed: the earliest of its rules, at the latest the season end, or the day
 * from which its client wants nothing of it kept.
 * Pure. Later than the day of creation wherever the policy's periods are a day or more.
 */
export function dueDays(policy: Policy, facts: IntakeFacts, seasonEnd: Day): ReadonlyMap<RetentionClass, Day> {
  const end = earlier(lifeEnd(facts, seasonEnd), facts.erasedDay);
  return new Map(
    RETENTION_CLASSES.map((cls) => {
      const { cap } = policy.classes[cls];
      const latest = cap === undefined ? end : earlier(end, addDays(facts.createdDay, cap));
      return [cls, dueDay(rulesOf(policy, cls, facts), facts, latest)];
    }),
  );
}

/** The last day on which answers due on this day can be read. */
export function readableUntil(due: Day): Day {
  return addDays(due, -1);
}

/** The day that cuts every period of a filing year off: the site's own when it lies in that year, else 31 December. */
export function seasonEndFor(site: { readonly season_end: Day | null }, filingYear: number): Day {
  return site.season_end && yearOf(site.season_end) === filingYear ? site.season_end : lastDayOf(filingYear);
}

/** The calendar year of creation; but 31 December, on which that year's answers are destroyed, belongs to the next one. */
export function filingYearFor(createdDay: Day): number {
  const year = yearOf(createdDay);
  return createdDay === lastDayOf(year) ? year + 1 : year;
}

export function yearOf(date: Day): number {
  return Number(date.slice(0, 4));
}

function rulesOf(policy: Policy, cls: RetentionClass, { consentsGiven }: IntakeFacts): readonly Rule[] {
  const { rules, whileNoneGiven } = policy.classes[cls];
  return whileNoneGiven && !consentsGiven ? whileNoneGiven : rules;
}

function dueDay(rules: readonly Rule[], facts: IntakeFacts, end: Day): Day {
  return rules.reduce((earliest, { trigger, days }) => {
    const from = countsFrom(trigger, rules, facts, end);
    const due = from === null ? end : addDays(from, days);
    return due < earliest ? due : earliest;
  }, end);
}

/** @returns null while the trigger has not come, or no longer counts */
function countsFrom(trigger: Trigger, rules: readonly Rule[], facts: IntakeFacts, end: Day): Day | null {
  switch (trigger) {
    case 'done':
      return facts.doneDay;
    case 'prepared':
      return lastPrepared(facts);
    case 'accepted':
      return facts.acceptedDay;
    case 'untouched':
      return isOver(rules, facts) ? null : facts.touchedDay;
    case 'season-end':
      return end;
    case 'consent-expiry':
      return null; // no site keeps consents past the season yet: the season end holds
  }
}

/** Has the end come that a class waits for? Withdrawn before it was prepared, `credentials` go on counting from the last touch. */
function isOver(rules: readonly Rule[], facts: IntakeFacts): boolean {
  return rules.some(({ trigger }) => trigger === 'prepared') ? lastPrepared(facts) !== null : facts.doneDay !== null;
}

/** A return that was sent back is being prepared again. */
function lastPrepared({ stage, preparedDay }: IntakeFacts): Day | null {
  return stage === 'open' || stage === 'rejected' ? null : preparedDay;
}

/** An intake made on its site's season end or later is not of that season, and would be born dead: 31 December ends it. */
function lifeEnd({ createdDay, filingYear }: IntakeFacts, seasonEnd: Day): Day {
  return seasonEnd > createdDay ? seasonEnd : lastDayOf(filingYear);
}

function earlier(one: Day, other: Day | null): Day {
  return other !== null && other < one ? other : one;
}

function lastDayOf(year: number): Day {
  return day(`${String(year).padStart(4, '0')}-12-31`);
}
