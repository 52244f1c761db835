import { CLASSES_FROM_THE_START, PREPARER_LIST, type RetentionClass } from '../../catalogue/retention-class.js';
import { waitsFor } from '../due-days.js';
import { listYears, type ClassPolicy, type Policy, type Rule, type Trigger } from '../policy.js';
import { lengthOf, shortest, triggersIn } from '../shortens.js';

/** Which period of a policy. */
export interface PeriodPlace {
  readonly of: RetentionClass | 'log';
  readonly period: Trigger | 'cap' | 'listYears' | keyof Policy['log'];
  /** Of consents: it holds as long as none was given. */
  readonly whileNoneGiven: boolean;
  /** Of `untouched`, which counts until this has come. */
  readonly waitsFor?: 'done' | 'prepared';
}

/** One period as it was and as it is to be; undefined where there is none. */
export interface ComparedPeriod extends PeriodPlace {
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly change: 'shorter' | 'longer' | 'same';
}

/**
 * Every period that the one or the other has. Where one trigger has several, the shortest counts. One of them is `shorter` exactly where
 * `shortens` says that anything is. Pure.
 */
export function comparePolicies(before: Policy, after: Policy): readonly ComparedPeriod[] {
  const ofLog = (['entriesMonths', 'certificatesYears'] as const).map((period) =>
    compared({ of: 'log', period, whileNoneGiven: false }, before.log[period], after.log[period]),
  );
  const ofClasses = CLASSES_FROM_THE_START.flatMap((name) => compareClass(name, before.classes[name], after.classes[name]));
  const ofList = compared({ of: PREPARER_LIST, period: 'listYears', whileNoneGiven: false }, listYears(before), listYears(after));
  return [...ofClasses, ofList, ...ofLog];
}

function compareClass(of: RetentionClass, was: ClassPolicy, is: ClassPolicy): readonly ComparedPeriod[] {
  const hasOther = was.whileNoneGiven !== undefined || is.whileNoneGiven !== undefined;
  const other = hasOther ? compareRules(of, true, was.whileNoneGiven ?? was.rules, is.whileNoneGiven ?? is.rules) : [];
  const hasCap = was.cap !== undefined || is.cap !== undefined;
  const cap = hasCap ? [compared({ of, period: 'cap', whileNoneGiven: false }, was.cap, is.cap)] : [];
  return [...compareRules(of, false, was.rules, is.rules), ...other, ...cap];
}

function compareRules(of: RetentionClass, whileNoneGiven: boolean, was: readonly Rule[], is: readonly Rule[]): readonly ComparedPeriod[] {
  return triggersIn(was, is).flatMap((period): readonly ComparedPeriod[] => {
    const said = [shortest(was, period), shortest(is, period)] as const;
    if (said.every((days) => days === undefined)) return [];
    // The season ends what only one of them says that it ends.
    const [before, after] = period === 'season-end' ? [lengthOf(said[0], period), lengthOf(said[1], period)] : said;
    const place = { of, period, whileNoneGiven, ...(period === 'untouched' && { waitsFor: waitsFor(after === undefined ? was : is) }) };
    // Without a rule for "prepared", "untouched" goes on counting where it stopped before, and may well come sooner.
    const goesOn = period === 'prepared' && after === undefined && shortest(is, 'untouched') !== undefined;
    return [goesOn ? { ...place, before, after, change: 'shorter' } : compared(place, before, after)];
  });
}

function compared(place: PeriodPlace, before: number | undefined, after: number | undefined): ComparedPeriod {
  const difference = lengthOf(after, place.period) - lengthOf(before, place.period);
  return { ...place, before, after, change: before === after ? 'same' : difference < 0 ? 'shorter' : 'longer' };
}
