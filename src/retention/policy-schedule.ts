import type { IntakeFacts } from '../audit/intake-facts.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { classesOf, earliest, limitsOf, type Limit } from './due-days.js';
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

/** The day on which each class that an intake has (`classesOf`) is destroyed, under all policies in turn. Pure. */
export function scheduledDays(schedule: PolicySchedule, facts: IntakeFacts, seasonEnd: Day): ReadonlyMap<RetentionClass, Day> {
  return new Map(classesOf(facts).map((name) => [name, scheduledLimit(schedule, name, facts, seasonEnd).day]));
}

/**
 * What gives that day: each policy judges while it is in force, and what would have been over before it came goes on the day it comes.
 * So a policy that is announced shows in the days at once, and none of them changes on the day it takes effect.
 * Pure.
 */
export function scheduledLimit(schedule: PolicySchedule, cls: RetentionClass, facts: IntakeFacts, seasonEnd: Day): Limit {
  for (const [i, policy] of schedule.entries()) {
    const limit = notBefore(policy, i, earliest(limitsOf(policy, cls, facts, seasonEnd)));
    const next = schedule[i + 1];
    if (!next || limit.day < next.effectiveDay) return limit;
  }
  throw new Error('no retention policy has been published');
}

/** A client's own erasure waits for no policy. */
function notBefore({ effectiveDay }: PublishedPolicy, index: number, limit: Limit): Limit {
  return index === 0 || limit.day >= effectiveDay || limit.rule === 'erasure' ? limit : { rule: 'policy', day: effectiveDay };
}
