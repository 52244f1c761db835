import { CLASSES_FROM_THE_START, PREPARER_LIST, type ClassFromTheStart } from '../../catalogue/retention-class.js';
import { waitsFor } from '../../retention/due-days.js';
import type { PeriodPlace } from '../../retention/policies/compare-policies.js';
import { listYears, type ClassPolicy, type Policy, type Rule } from '../../retention/policy.js';
import { POLICY_LIMITS, type PolicyLimit } from '../../retention/policy-limits.js';
import { shortest } from '../../retention/shortens.js';
import type { FormValues } from './form-values.js';

/** One period that the form asks for. */
export interface PeriodField extends PeriodPlace {
  readonly name: string;
  /** As the rules have it now; undefined: there is none, which only a cap can be, and consents that end with the season. */
  readonly now: number | undefined;
  readonly limit: PolicyLimit;
}

const LIST = 'preparer_list.years';
const EXPIRY = 'consents.expiry';
const LISTS = ['rules', 'whileNoneGiven'] as const;

/** What ends with the season has no period of its own to change: the form carries it over, and says so. Consents that were given may be kept longer. */
export function isCarriedOver(of: ClassFromTheStart, policy: ClassPolicy): boolean {
  return policy.rules.some(isAtAnEnd) && !mayOutlive(of, policy);
}

function isAtAnEnd({ trigger }: Rule): boolean {
  return trigger === 'season-end' || trigger === 'consent-expiry';
}

/** Consents of which the rules say when those go that hold none. */
function mayOutlive(of: ClassFromTheStart, { whileNoneGiven }: ClassPolicy): boolean {
  return of === 'consents' && whileNoneGiven !== undefined;
}

/** Everything of a policy that the form lets one change. */
export function periodFields(policy: Policy): readonly PeriodField[] {
  const ofLog = (['entriesMonths', 'certificatesYears'] as const).map((period): PeriodField => {
    return { name: `log.${period}`, of: 'log', period, whileNoneGiven: false, now: policy.log[period], limit: POLICY_LIMITS[period] };
  });
  const ofList: PeriodField = { name: LIST, of: PREPARER_LIST, period: 'listYears', whileNoneGiven: false, now: listYears(policy), limit: POLICY_LIMITS.listYears };
  return [...CLASSES_FROM_THE_START.flatMap((name) => fieldsOfClass(name, policy.classes[name])), ofList, ...ofLog];
}

/** The form as it is before anybody has typed. */
export function periodValues(policy: Policy): FormValues {
  return Object.fromEntries(periodFields(policy).map(({ name, now }) => [name, now === undefined ? '' : String(now)]));
}

/** The policy with the periods that were typed. @param typed of which `isPeriodWrong` found nothing */
export function policyTyped(typed: FormValues, policy: Policy): Policy {
  const { format, classes, log } = policy;
  const one = (name: string) => wholeTyped(typed[name])!;
  return {
    format,
    classes: Object.fromEntries(CLASSES_FROM_THE_START.map((name) => [name, classTyped(typed, name, classes[name])])) as Policy['classes'],
    ...listTyped(typed, policy),
    log: { ...log, entriesMonths: one('log.entriesMonths'), certificatesYears: one('log.certificatesYears') },
  };
}

/** Whether what was typed is no period that may be. */
export function isPeriodWrong({ name, period, limit: { least, most } }: PeriodField, typed: FormValues): boolean {
  const text = (typed[name] ?? '').trim();
  if (isOptional(period) && text === '') return false;
  const value = wholeTyped(text);
  return value === undefined || value < least || value > most;
}

function isOptional(period: PeriodField['period']): boolean {
  return period === 'cap' || period === 'consent-expiry';
}

function fieldsOfClass(of: ClassFromTheStart, policy: ClassPolicy): readonly PeriodField[] {
  const limit = POLICY_LIMITS.days;
  const periods = LISTS.flatMap((list) =>
    (policy[list] ?? []).flatMap((rule, at, rules): readonly PeriodField[] => {
      const place = { of, period: rule.trigger, whileNoneGiven: list === 'whileNoneGiven', ...(rule.trigger === 'untouched' && { waitsFor: waitsFor(rules) }) };
      return isAtAnEnd(rule) ? [] : [{ ...place, name: nameOf(of, list, at, rule), now: rule.days, limit }];
    }),
  );
  const expiry: PeriodField = { name: EXPIRY, of, period: 'consent-expiry', whileNoneGiven: false, now: shortest(policy.rules, 'consent-expiry'), limit: POLICY_LIMITS.consentDays };
  return [...(mayOutlive(of, policy) ? [expiry] : []), ...periods, { name: capOf(of), of, period: 'cap', whileNoneGiven: false, now: policy.cap, limit }];
}

/** What the law asks for need not be said. */
function listTyped(typed: FormValues, policy: Policy): Pick<Policy, 'preparerList'> {
  const years = wholeTyped(typed[LIST])!;
  return policy.preparerList === undefined && years === listYears(policy) ? {} : { preparerList: { years } };
}

function classTyped(typed: FormValues, of: ClassFromTheStart, policy: ClassPolicy): ClassPolicy {
  const cap = wholeTyped(typed[capOf(of)]);
  const rules = (list: (typeof LISTS)[number]) =>
    eachOnce(policy[list]?.map((rule, at) => (isAtAnEnd(rule) ? rule : { ...rule, days: wholeTyped(typed[nameOf(of, list, at, rule)])! })));
  const whileNoneGiven = rules('whileNoneGiven');
  return { rules: mayOutlive(of, policy) ? endTyped(typed, rules('rules')!) : rules('rules')!, ...(whileNoneGiven && { whileNoneGiven }), ...(cap !== undefined && { cap }) };
}

/** Of rules with one trigger the shortest, which is the one that counts: no proposal may name a trigger twice (`checkLimits`). */
function eachOnce(rules: readonly Rule[] | undefined): readonly Rule[] | undefined {
  return rules?.filter((rule, at) => {
    const days = shortest(rules, rule.trigger);
    return at === rules.findIndex((other) => other.trigger === rule.trigger && other.days === days);
  });
}

/** Consents end so long after they have run out; with the season where nothing was typed. */
function endTyped(typed: FormValues, rules: readonly Rule[]): readonly Rule[] {
  const days = wholeTyped(typed[EXPIRY]);
  return [days === undefined ? { trigger: 'season-end', days: 0 } : { trigger: 'consent-expiry', days }, ...rules.filter((rule) => !isAtAnEnd(rule))];
}

/** A policy that was published early may have two rules with one trigger, so each is named by its place too. */
function nameOf(of: ClassFromTheStart, list: (typeof LISTS)[number], at: number, { trigger }: Rule): string {
  return `${of}.${list}.${at}.${trigger}`;
}

function capOf(of: ClassFromTheStart): string {
  return `${of}.cap`;
}

function wholeTyped(text = ''): number | undefined {
  return /^\d{1,4}$/.test(text.trim()) ? Number(text) : undefined;
}
