import { catalogue } from '../../catalogue/catalogue.js';
import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Topic } from '../../catalogue/topics.js';
import type { ClassDays } from '../../intake/find-days.js';
import type { Stage } from '../../intake/stage.js';

/** How long an intake's classes live, and where it stands. */
export interface IntakeLife extends ClassDays {
  readonly stage: Stage;
}

/** Why nothing on a page can be answered any more; `kept` is past its date and under a legal hold. */
export type Closed = 'destroyed' | 'kept';

/** Undefined while there is something to answer. */
export function whyClosed(topic: Topic, life: IntakeLife): Closed | undefined {
  const classes = topic.fieldPaths.map((path) => catalogue.byPath(path)!.class);
  if (classes.some((name) => canBeAnswered(name, life))) return undefined;
  return classes.some((name) => life.destroyed[name] !== undefined) ? 'destroyed' : 'kept';
}

export function canBeAnswered(name: RetentionClass, life: IntakeLife): boolean {
  return life.due[name] !== undefined || isAskedAnew(name, life);
}

/** Numbers that were destroyed may be asked for anew once a return came back rejected. */
export function isAskedAnew(name: RetentionClass, { destroyed, stage }: IntakeLife): boolean {
  return name === 'credentials' && stage === 'rejected' && destroyed[name] !== undefined;
}
