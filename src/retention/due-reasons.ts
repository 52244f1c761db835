import type { IntakeFacts } from '../audit/intake-facts.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { Limit } from './due-days.js';
import { scheduledLimit, type PolicySchedule } from './policy-schedule.js';

/**
 * Why a class is due on the day that the key store has.
 * - a limit: what the policy sets, and the day is that one
 * - `differs`: the key store has another day than the policy's arithmetic, which gives `expected`
 * - `unrecorded`: its intake, or its return on the preparer's list, is not written: a start that broke off, or one after the backup from which the records came back. Nothing there is sealed under it
 */
export type DueReason =
  | Limit
  | { readonly rule: 'differs'; readonly day: Day; readonly expected: Limit }
  | { readonly rule: 'unrecorded'; readonly day: Day };

/** The limit that `scheduledDays` takes for this class, which the intake has (`classesOf`). Pure. */
export function dueReason(policies: PolicySchedule, cls: RetentionClass, facts: IntakeFacts, seasonEnd: Day): Limit {
  return scheduledLimit(policies, cls, facts, seasonEnd);
}

/** @param expected undefined where there is no row of the intake to work it out from */
export function reasonFor(stored: Day, expected: Limit | undefined): DueReason {
  if (expected === undefined) return { rule: 'unrecorded', day: stored };
  return expected.day === stored ? expected : { rule: 'differs', day: stored, expected };
}
