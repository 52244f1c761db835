import type { Day } from '../../platform/clock.js';
import type { Policy, PublishedPolicy } from '../policy.js';
import type { PolicySchedule } from '../policy-schedule.js';
import { shortens } from '../shortens.js';
import { longerOf } from './longer-of.js';

/** A document in the place of an announced one, of the same day. */
export interface PolicyInPlace {
  readonly policy: Policy;
  readonly effectiveDay: Day;
  /** The version that was announced. */
  readonly inPlaceOf: number;
}

/** What a legal hold makes of what is announced. */
export interface WithoutShortening {
  readonly takenBack: PolicySchedule;
  readonly inPlace: readonly PolicyInPlace[];
}

/**
 * Takes what shortens out of what is announced, and nothing else. Days follow an announcement at once: what it lengthens has been longer
 * since, and to take it back whole would shorten that within the hour, while a hold stands. So from the first that shortens anything on, each is
 * replaced by what it leaves longer than the one before it, or as long (`longerOf`); where that is nothing new, by nothing. No day is
 * sooner by it than it was, and nothing that is announced shortens anything any more.
 *
 * Versions take effect in the order of their numbers: so what follows gets a new number too, where it is as it was.
 * Pure.
 * @param today what has come into force by then stays as it is
 */
export function withoutShortening(schedule: PolicySchedule, today: Day): WithoutShortening {
  const first = schedule.findIndex((policy, i) => i > 0 && policy.effectiveDay > today && shortens(schedule[i - 1]!, policy));
  if (first < 0) return { takenBack: [], inPlace: [] };
  const takenBack = schedule.slice(first);
  const inPlace: PolicyInPlace[] = [];
  let before = documentOf(schedule[first - 1]!);
  for (const announced of takenBack) {
    const policy = shortens(before, announced) ? longerOf(before, announced) : documentOf(announced);
    if (!shortens(policy, before)) continue; // neither shortens the other: they say the same
    inPlace.push({ policy, effectiveDay: announced.effectiveDay, inPlaceOf: announced.version });
    before = policy;
  }
  return { takenBack, inPlace };
}

function documentOf({ version: _version, effectiveDay: _effectiveDay, ...document }: PublishedPolicy): Policy {
  return document;
}
