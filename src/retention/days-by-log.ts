import type { IntakeFacts } from '../audit/intake-facts.js';
import { RETENTION_CLASSES, type RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';

/** What one entry says of an intake: its facts from then on, and the classes that lived at that moment and were sealed anew. */
export interface LoggedChange {
  readonly facts: IntakeFacts;
  /** undefined: nothing was sealed, so that no life began or was prolonged. */
  readonly sealed: ReadonlySet<RetentionClass> | undefined;
  /** The log was restored and knew less than the key store: these classes had these days there. */
  readonly restored?: ReadonlyMap<RetentionClass, Day>;
}

/** How long an intake's classes live, by the log. */
export interface LoggedDays {
  /** The day of destruction of each class that has ever lived. */
  readonly days: ReadonlyMap<RetentionClass, Day>;
  /** Of a class that has begun anew: the day on which the life before it ended. */
  readonly endedBefore: ReadonlyMap<RetentionClass, Day>;
}

/**
 * The day of destruction of each class, from the log's entries alone. What was past its day when others were touched stays past
 * it: only what an entry says was sealed gets the days that follow from its facts.
 * Pure.
 * @param changes of one intake, oldest first
 * @param dueBy the policy's arithmetic
 */
export function daysByLog(
  changes: readonly LoggedChange[],
  dueBy: (facts: IntakeFacts) => ReadonlyMap<RetentionClass, Day>,
): LoggedDays {
  const [days, endedBefore] = [new Map<RetentionClass, Day>(), new Map<RetentionClass, Day>()];
  for (const { facts, sealed, restored } of changes) {
    for (const [name, day] of restored ?? []) days.set(name, restoredDay(name, day, facts, dueBy));
    if (restored) continue;
    const due = dueBy(facts);
    for (const name of RETENTION_CLASSES) {
      const [before, after] = [days.get(name), due.get(name)];
      if (after === undefined) continue;
      if (sealed?.has(name) && before !== undefined && before <= facts.touchedDay) endedBefore.set(name, before);
      if (sealed ? sealed.has(name) : before !== undefined && after < before) days.set(name, after);
    }
  }
  return { days, endedBefore };
}

/**
 * What an intake's days followed from was lost with the log: they stay as they were, until it is saved. They follow the rules in what
 * ends everything: the season, the caps, an erasure. Pure.
 */
export function restoredDay(
  name: RetentionClass,
  day: Day,
  facts: IntakeFacts,
  dueBy: (facts: IntakeFacts) => ReadonlyMap<RetentionClass, Day>,
): Day {
  const latest = dueBy({ ...facts, touchedDay: day, stage: 'open', preparedDay: null, acceptedDay: null, doneDay: null, consentsGiven: true, consentsNamed: true }).get(name);
  return latest === undefined || day < latest ? day : latest;
}
