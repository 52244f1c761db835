import { CLASSES_FROM_THE_START, type ClassFromTheStart } from '../../catalogue/retention-class.js';
import { outlivesSeason } from '../due-days.js';
import { listYears, TRIGGERS, type ClassPolicy, type Policy, type Rule, type Trigger } from '../policy.js';
import { lengthOf, shortest } from '../shortens.js';

/**
 * A document that shortens neither of the two: under it, nothing goes sooner than under the one or the other. Class by class and trigger
 * by trigger the longer period; the day is the earliest of all limits, so one that only one of them has is left out. What would be left
 * with no rule ends with the season, as everything does.
 *
 * Valid and within the limits where both are. Where they stop counting from different ends it may keep longer than either.
 * Pure.
 */
export function longerOf(before: Policy, after: Policy): Policy {
  const classes = CLASSES_FROM_THE_START.map((name) => [name, longerClass(before.classes[name], after.classes[name])] as const);
  const isListed = before.preparerList !== undefined || after.preparerList !== undefined;
  return {
    format: 1,
    classes: Object.fromEntries(classes) as Record<ClassFromTheStart, ClassPolicy>,
    ...(isListed && { preparerList: { years: Math.max(listYears(before), listYears(after)) } }),
    log: {
      entriesMonths: Math.max(before.log.entriesMonths, after.log.entriesMonths),
      certificatesYears: Math.max(before.log.certificatesYears, after.log.certificatesYears),
    },
  };
}

function longerClass(before: ClassPolicy, after: ClassPolicy): ClassPolicy {
  const hasOther = before.whileNoneGiven !== undefined || after.whileNoneGiven !== undefined;
  return {
    rules: longerRules(before.rules, after.rules),
    ...(hasOther && { whileNoneGiven: longerRules(before.whileNoneGiven ?? before.rules, after.whileNoneGiven ?? after.rules) }),
    ...(before.cap !== undefined && after.cap !== undefined && { cap: Math.max(before.cap, after.cap) }),
  };
}

function longerRules(before: readonly Rule[], after: readonly Rule[]): readonly Rule[] {
  const rules = TRIGGERS.filter((trigger) => trigger !== 'season-end').flatMap((trigger): readonly Rule[] => {
    const days = trigger === 'untouched' ? longerUntouched(before, after) : longerPeriod(before, after, trigger);
    return days === undefined ? [] : [{ trigger, days }];
  });
  const endsWithSeason = [before, after].every((one) => shortest(one, 'season-end') !== undefined) && !outlivesSeason(rules);
  return rules.length === 0 || endsWithSeason ? [...rules, { trigger: 'season-end', days: 0 }] : rules;
}

/** Consents that the one keeps past the season are kept: without that rule, the season ends them before. */
function longerPeriod(before: readonly Rule[], after: readonly Rule[], trigger: Trigger): number | undefined {
  const longest = Math.max(lengthOf(shortest(before, trigger), trigger), lengthOf(shortest(after, trigger), trigger));
  return Number.isFinite(longest) && longest >= 0 ? longest : undefined;
}

/**
 * "Untouched" stops counting where "prepared" or "done" take over, and only the one that both have does in what comes of the two. Where
 * "prepared" is new, it is as if it were not, and the last touch counts on until "done": it is no earlier than the day of preparing.
 * Where it has been there and is no more, nothing can be said of the last touch that would not be shorter than the one or the other.
 */
function longerUntouched(before: readonly Rule[], after: readonly Rule[]): number | undefined {
  const days = longerPeriod(before, after, 'untouched');
  if (days === undefined) return undefined;
  const [was, is] = [shortest(before, 'prepared'), shortest(after, 'prepared')];
  if ((was === undefined) === (is === undefined)) return days;
  if (was !== undefined || longerPeriod(before, after, 'done') === undefined) return undefined;
  return Math.max(days, is!);
}
