import { day, type Day } from '../../platform/clock.js';
import { comparePolicies } from '../../retention/policies/compare-policies.js';
import { daysToChoose } from '../../retention/policies/policy-proposal.js';
import type { PolicyNow } from '../../retention/policies/read-policy-now.js';
import type { Policy } from '../../retention/policy.js';
import { shortens } from '../../retention/shortens.js';
import { isPeriodWrong, periodFields, periodValues, policyTyped } from '../form/policy-periods.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { reasonProblems } from '../form/reason-problems.js';
import { notInLimit } from '../words/period-words.js';
import { notInDays, PROPOSE_POLICY_WORDS as WORDS } from '../words/policy-words.js';
import { PROBLEM_WORDS } from '../words/problem-words.js';

/** What was typed, once nothing is wrong with it. */
export interface TypedPolicy {
  readonly policy: Policy;
  readonly effectiveDay: Day;
  readonly reason: string;
  readonly shortens: boolean;
}

/** The form's own fields and no others, to be sent along from page to page, with the version that they were made from. */
export function policyFields(typed: FormValues, { newest }: PolicyNow): FormValues {
  const names = ['effectiveDay', 'reason', ...periodFields(newest).map(({ name }) => name)];
  return { after: String(newest.version), ...Object.fromEntries(names.map((name) => [name, typed[name] ?? ''])) };
}

/**
 * What somebody changed in a form that was made from other rules, in one of today's: what they left alone follows the newest rules.
 * @param before the rules that the form was made from; undefined if nobody knows: then nothing typed is lost
 */
export function typedAnew(typed: FormValues, before: Policy | undefined, newest: Policy): FormValues {
  const [was, is] = [before ? periodValues(before) : {}, periodValues(newest)];
  const kept = Object.keys(is).filter((name) => typed[name] !== undefined && typed[name] !== was[name]);
  return { ...typed, ...is, ...Object.fromEntries(kept.map((name) => [name, typed[name]!])) };
}

/** The whole form at once: what it says, or everything that is to be mended. */
export function readPolicyForm(typed: FormValues, now: PolicyNow): TypedPolicy | readonly FormProblem[] {
  const wrong = periodFields(now.newest).filter((field) => isPeriodWrong(field, typed));
  const policy = wrong.length === 0 ? policyTyped(typed, now.newest) : undefined;
  const effectiveDay = dayTyped(typed['effectiveDay']);
  const problems = [
    ...wrong.map(({ name, limit }): FormProblem => ({ path: name, reason: notInLimit(limit) })),
    ...(policy && isSame(policy, now.newest) ? [{ path: 'periods', reason: WORDS.nothing }] : []),
    ...dayProblems(effectiveDay, policy, now),
    ...reasonProblems(typed),
  ];
  if (problems.length > 0) return problems;
  return { policy: policy!, effectiveDay: effectiveDay!, reason: typed['reason']!, shortens: shortens(now.newest, policy!) };
}

/** Which days there are depends on the periods: as long as one of them is wrong, nothing is said of the day but whether it is one. */
function dayProblems(typed: Day | undefined, policy: Policy | undefined, { newest, today }: PolicyNow): readonly FormProblem[] {
  if (typed === undefined) return [{ path: 'effectiveDay', reason: PROBLEM_WORDS.day }];
  if (policy === undefined) return [];
  const isShorter = shortens(newest, policy);
  const { first, last } = daysToChoose(newest, isShorter, today);
  return typed < first || typed > last ? [{ path: 'effectiveDay', reason: notInDays(isShorter, first, last) }] : [];
}

function isSame(policy: Policy, newest: Policy): boolean {
  return comparePolicies(newest, policy).every(({ change }) => change === 'same');
}

function dayTyped(text = ''): Day | undefined {
  try {
    return day(text.trim());
  } catch {
    return undefined;
  }
}
