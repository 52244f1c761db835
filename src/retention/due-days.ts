import { lastDayOf, yearOf } from '../access/season-end.js';
import type { IntakeFacts } from '../audit/intake-facts.js';
import { PREPARER_LIST, RETENTION_CLASSES, type ClassFromTheStart, type RetentionClass } from '../catalogue/retention-class.js';
import { addDays, day, type Day } from '../platform/clock.js';
import { listYears, type Policy, type Rule, type Trigger } from './policy.js';

/**
 * The day on which each class of an intake is destroyed: the earliest of its rules, at the latest the season end, or the day
 * from which its client wants nothing of it kept. The preparer's list has a day of its own by law, which none of these changes, and
 * only once there is one; a policy may keep consents past the season.
 * Pure. Later than the day of creation wherever the policy's periods are a day or more.
 */
export function dueDays(policy: Policy, facts: IntakeFacts, seasonEnd: Day): ReadonlyMap<RetentionClass, Day> {
  return new Map(classesOf(facts).map((cls) => [cls, earliest(limitsOf(policy, cls, facts, seasonEnd)).day]));
}

/**
 * What gives a day of destruction: a rule of the policy, or what ends everything whatever the rules say.
 * - `season-end`: the site's; `year-end`: 31 December, where the site has none that ends this intake
 * - `cap`: so many days after its creation; `erasure`: from then on its client wants nothing of it kept
 * - `return-period`: of the preparer's list: so many years after the close of the period in which the return was ready to be signed
 * - `policy`: it would have gone before a policy that now shortens it came into force, which had to be announced
 */
export const LIMIT_RULES = ['done', 'prepared', 'untouched', 'accepted', 'consent-expiry', 'cap', 'season-end', 'year-end', 'return-period', 'erasure', 'policy'] as const;
export type LimitRule = (typeof LIMIT_RULES)[number];

/** A day by which a class has to go. Where a period gives it, `day` is `days` after `from`. */
export interface Limit {
  readonly rule: LimitRule;
  readonly day: Day;
  readonly from?: Day;
  readonly days?: number;
}

/** The classes that an intake has, or has had. */
export function classesOf({ listedDay }: Pick<IntakeFacts, 'listedDay'>): readonly RetentionClass[] {
  return RETENTION_CLASSES.filter((name) => name !== PREPARER_LIST || listedDay !== null);
}

/** Every limit that one policy sets a class of an intake (`classesOf`); the earliest holds. Never empty. */
export function limitsOf(policy: Policy, cls: RetentionClass, facts: IntakeFacts, seasonEnd: Day): readonly [Limit, ...Limit[]] {
  if (cls === PREPARER_LIST) return [listLimit(policy, facts)];
  const rules = rulesOf(policy, cls, facts);
  const end = lifeEnd(facts, seasonEnd);
  const ending: Limit = { rule: end === lastDayOf(yearOf(end)) ? 'year-end' : 'season-end', day: end };
  const erasure: readonly Limit[] = facts.erasedDay === null ? [] : [{ rule: 'erasure', day: facts.erasedDay }];
  const { cap: days } = policy.classes[cls];
  const cap: readonly Limit[] = days === undefined ? [] : [{ rule: 'cap', day: addDays(facts.createdDay, days), from: facts.createdDay, days }];
  const periods = periodsOf(rules, facts);
  const outliving = periods.find(({ rule }) => rule === 'consent-expiry');
  return [outliving ?? ending, ...cap, ...periods.filter((limit) => limit !== outliving), ...erasure];
}

/**
 * IRC 6107(b): kept for the years after the close of the return period, its last day included. A return period is the twelve months from
 * 1 July (IRC 6060(c)), here the one in which the return was ready to be signed. Neither the season end nor the client's wish shortens it.
 */
function listLimit(policy: Policy, { listedDay }: IntakeFacts): Limit {
  if (listedDay === null) throw new Error('an intake without a return on the list');
  const closes = yearOf(listedDay) + (listedDay.slice(5) > '06-30' ? 1 : 0);
  return { rule: 'return-period', day: dayOf(closes + listYears(policy), '07-01') };
}

/** Of two on one day the later in the list: a period says more than the end of the season, and the client's wish most. */
export function earliest([first, ...others]: readonly [Limit, ...Limit[]]): Limit {
  return others.reduce((least, limit) => (limit.day <= least.day ? limit : least), first);
}

/** The last day on which answers due on this day can be read. */
export function readableUntil(due: Day): Day {
  return addDays(due, -1);
}

function rulesOf(policy: Policy, cls: ClassFromTheStart, { consentsGiven }: IntakeFacts): readonly Rule[] {
  const { rules, whileNoneGiven } = policy.classes[cls];
  return whileNoneGiven && !consentsGiven ? whileNoneGiven : rules;
}

function periodsOf(rules: readonly Rule[], facts: IntakeFacts): readonly Limit[] {
  return rules.flatMap(({ trigger, days }): readonly Limit[] => {
    // The end of the season, or of the year, ends a class without a rule that says so.
    if (trigger === 'season-end') return [];
    const from = countsFrom(trigger, rules, facts);
    return from === null ? [] : [{ rule: trigger, day: addDays(from, days), from, days }];
  });
}

/** @returns null while the trigger has not come, or no longer counts */
function countsFrom(trigger: Exclude<Trigger, 'season-end'>, rules: readonly Rule[], facts: IntakeFacts): Day | null {
  switch (trigger) {
    case 'done':
      return facts.doneDay;
    case 'prepared':
      return lastPrepared(facts);
    case 'accepted':
      return facts.acceptedDay;
    case 'consent-expiry':
      return facts.consentsNamed ? consentsRunOut(facts) : null;
    case 'untouched':
      return isOver(rules, facts) ? null : facts.touchedDay;
  }
}

/** Is what these rules are about kept past the season, where it says whose it is? */
export function outlivesSeason(rules: readonly Rule[]): boolean {
  return rules.some(({ trigger }) => trigger === 'consent-expiry');
}

/**
 * The last day of the year after the filing year: by then every consent that was given in the filing year has run out. One that names no
 * duration holds for a year (26 CFR 301.7216-3), and Form 15080 to 30 November of the year after. The true day is a sealed
 * answer, by which no run could go.
 */
export function consentsRunOut({ filingYear }: Pick<IntakeFacts, 'filingYear'>): Day {
  return lastDayOf(filingYear + 1);
}

/** The end that a class waits for. Until it has come, `untouched` counts. */
export function waitsFor(rules: readonly Rule[]): 'done' | 'prepared' {
  return rules.some(({ trigger }) => trigger === 'prepared') ? 'prepared' : 'done';
}

/** Has that end come? Withdrawn before it was prepared, `credentials` go on counting from the last touch. */
function isOver(rules: readonly Rule[], facts: IntakeFacts): boolean {
  return (waitsFor(rules) === 'prepared' ? lastPrepared(facts) : facts.doneDay) !== null;
}

/** A return that was sent back is being prepared again. */
function lastPrepared({ stage, preparedDay }: IntakeFacts): Day | null {
  return stage === 'open' || stage === 'rejected' ? null : preparedDay;
}

/** An intake made on its site's season end or later is not of that season, and would be born dead: 31 December ends it. */
function lifeEnd({ createdDay, filingYear }: IntakeFacts, seasonEnd: Day): Day {
  return seasonEnd > createdDay ? seasonEnd : lastDayOf(filingYear);
}

function dayOf(year: number, monthAndDay: string): Day {
  return day(`${String(year).padStart(4, '0')}-${monthAndDay}`);
}
