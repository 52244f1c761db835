import type { IntakeFacts } from '../audit/intake-facts.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { dueDays } from './due-days.js';
import { publishedPolicy, type PolicyRow, type PublishedPolicy } from './policy.js';

/** Every published policy that has not been taken back, in the order in which they come into force; one at least. */
export type PolicySchedule = readonly PublishedPolicy[];

/** SQL: the schedule as one value, `PolicyRow`s, for a statement that asks for something else beside it. */
export const POLICIES_SQL = `(SELECT jsonb_agg(jsonb_build_object('policy_version', version, 'effective_day', effective_day, 'document', document) ORDER BY version)
  FROM retention_policy WHERE withdrawn_at IS NULL)`;

/** @throws Error when none was ever published */
export async function policySchedule(tx: RecordsTx): Promise<PolicySchedule> {
  const [row] = await tx.query<{ policies: readonly PolicyRow[] | null }>(`SELECT ${POLICIES_SQL} AS policies`);
  return scheduleIn(row!.policies);
}

/** @throws Error when none was ever published, PolicyInvalid */
export function scheduleIn(rows: readonly PolicyRow[] | null): PolicySchedule {
  if (!rows || rows.length === 0) throw new Error('no retention policy has been published');
  return rows.map(publishedPolicy);
}

/** The first one governs the days before it too, since a site west of the server can still be in the day before. */
export function inForce(schedule: PolicySchedule, on: Day): PublishedPolicy {
  return schedule.findLast(({ effectiveDay }) => effectiveDay <= on) ?? schedule[0]!;
}

/** Those that are published and have not come into force. */
export function announced(schedule: PolicySchedule, on: Day): readonly PublishedPolicy[] {
  return schedule.filter((policy, i) => i > 0 && policy.effectiveDay > on);
}

/**
 * The day on which each class of an intake is destroyed, under all policies in turn: each judges while it is in force, and what
 * would have been over before it came goes on the day it comes. So a policy that is announced shows in the days at once, and none of
 * them changes on the day it takes effect.
 * Pure.
 */
export function scheduledDays(schedule: PolicySchedule, facts: IntakeFacts, seasonEnd: Day): ReadonlyMap<RetentionClass, Day> {
  const days = new Map<RetentionClass, Day>();
  for (const [i, policy] of schedule.entries()) {
    const until = schedule[i + 1]?.effectiveDay;
    for (const [name, due] of dueDays(policy, facts, seasonEnd)) {
      if (days.has(name)) continue;
      const day = i > 0 && due < policy.effectiveDay ? atLatest(policy.effectiveDay, facts, due) : due;
      if (until === undefined || day < until) days.set(name, day);
    }
  }
  return days;
}

/** A client's own erasure waits for no policy. */
function atLatest(effectiveDay: Day, { erasedDay }: IntakeFacts, due: Day): Day {
  return erasedDay !== null && erasedDay <= due ? due : effectiveDay;
}
