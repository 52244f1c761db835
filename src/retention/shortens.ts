import { CLASSES_FROM_THE_START } from '../catalogue/retention-class.js';
import { outlivesSeason } from './due-days.js';
import { listYears, TRIGGERS, type Policy, type Rule, type Trigger } from './policy.js';

/** Longer than any period. */
const NEVER = Number.POSITIVE_INFINITY;
const AT_SEASON_END = 0;
const BEFORE_EXPIRY = -1;

/**
 * Could anything go sooner under the one than under the other? Judged by the documents alone, whatever there is at the moment: a period
 * that is shorter, one that there was not, a cap that is lower. Pure.
 */
export function shortens(before: Policy, after: Policy): boolean {
  const ofLog = after.log.entriesMonths < before.log.entriesMonths || after.log.certificatesYears < before.log.certificatesYears;
  return ofLog || listYears(after) < listYears(before) || CLASSES_FROM_THE_START.some((name) => {
    const [was, is] = [before.classes[name], after.classes[name]];
    return rulesShorten(was.rules, is.rules) || rulesShorten(was.whileNoneGiven ?? was.rules, is.whileNoneGiven ?? is.rules) || (is.cap ?? NEVER) < (was.cap ?? NEVER);
  });
}

/** "Untouched" stops counting once a return is prepared only where there is a rule for that: without it, it goes on. */
function rulesShorten(before: readonly Rule[], after: readonly Rule[]): boolean {
  const has = (rules: readonly Rule[], trigger: Trigger) => shortest(rules, trigger) !== undefined;
  if (has(before, 'prepared') && !has(after, 'prepared') && has(after, 'untouched')) return true;
  return triggersIn(before, after).some((trigger) => lengthOf(shortest(after, trigger), trigger) < lengthOf(shortest(before, trigger), trigger));
}

/** By which rules are compared. Where one of them keeps consents past the season, the other's season end is what there is in the place of that. */
export function triggersIn(...both: readonly (readonly Rule[])[]): readonly Trigger[] {
  return both.some(outlivesSeason) ? TRIGGERS.filter((trigger) => trigger !== 'season-end') : TRIGGERS;
}

/** The shortest period that counts from this; undefined where none does. */
export function shortest(rules: readonly Rule[], trigger: Trigger): number | undefined {
  const days = rules.filter((rule) => rule.trigger === trigger).map((rule) => rule.days);
  return days.length === 0 ? undefined : Math.min(...days);
}

/**
 * To compare periods by. Where there is none, nothing ends a class by it; but the season ends it with a rule that says so or without
 * one, and where nothing keeps consents from their expiry on, it ends them before.
 */
export function lengthOf(days: number | undefined, period: string): number {
  if (days !== undefined) return days;
  if (period === 'season-end') return AT_SEASON_END;
  return period === 'consent-expiry' ? BEFORE_EXPIRY : NEVER;
}
