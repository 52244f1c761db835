import type { Policy } from '../../../src/retention/policy.js';
import { shortens, type Rules } from './oracle.js';

/** Other periods for all but numbers, notes and consents; for these, once they are given, how long they are kept. */
export type Change = Pick<Rules, 'keptDays'> & { readonly days: number };

export function changedRules(before: Rules, { days, keptDays }: Change): Rules & { readonly isShorter: boolean } {
  const both: readonly [number, number] = [days, days];
  const after = { ...before, keptDays, periods: { ...before.periods, contact: both, identity: both, address: both, household: both, situation: both } };
  return { ...after, isShorter: shortens(before, after) };
}

/** @param policy in force */
export function changedDocument({ classes, log, format }: Policy, { days, keptDays }: Change): object {
  const rules = [{ trigger: 'done', days }, { trigger: 'untouched', days }];
  const consents = { ...classes.consents, rules: [keptDays === null ? { trigger: 'season-end', days: 0 } : { trigger: 'consent-expiry', days: keptDays }] };
  return { format, log, classes: { ...classes, contact: { rules }, identity: { rules }, address: { rules }, household: { rules }, situation: { rules }, consents } };
}
