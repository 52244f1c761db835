import type { Answers } from '../../catalogue/answers.js';
import type { RetentionClass } from '../../catalogue/retention-class.js';
import { displayName } from '../../intake/display-name.js';
import type { ClassDays } from '../../intake/find-days.js';
import type { IntakeStanding } from '../../intake/find-intake.js';
import type { Day } from '../../platform/clock.js';
import { readableUntil } from '../../retention/due-days.js';
import type { ClassLife, ClassLives } from '../form/retention-line.js';
import type { IntakeFacts } from '../pages/intake-facts.js';
import type { LocalPath } from '../shell/local-path.js';

type Days = Readonly<Partial<Record<RetentionClass, Day>>>;

/** @param id checked before: of a path or a row */
export function intakePath(id: string): LocalPath {
  return `/intakes/${id}`;
}

export function intakeFacts(id: string, { taxYear, stage, version }: IntakeStanding, answers: Answers): IntakeFacts {
  const name = displayName(answers);
  return { path: intakePath(id), taxYear, stage, version, ...(name === '' ? {} : { displayName: name }) };
}

/** How long these classes live, in the order given; one that never was says nothing. */
export function classLives(classes: Iterable<RetentionClass>, days: Partial<ClassDays>): ClassLives {
  return Object.fromEntries([...new Set(classes)].flatMap((name) => lifeOf(name, days)));
}

function lifeOf(name: RetentionClass, { due, destroyed, preserved }: Partial<ClassDays>): [RetentionClass, ClassLife][] {
  const [day, destroyedSince, keptSince] = [due?.[name], destroyed?.[name], preserved?.[name]];
  if (day !== undefined) return [[name, { readableUntil: readableUntil(day) }]];
  if (keptSince !== undefined) return [[name, { keptSince }]];
  return destroyedSince === undefined ? [] : [[name, { destroyedSince }]];
}

export function livesUntil(due: Days): ClassLives {
  return classLives(Object.keys(due) as RetentionClass[], { due });
}

/** First and last name of somebody of the household. */
export function personName(person: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const name = [person?.['firstName'], person?.['lastName']].filter((part) => typeof part === 'string').join(' ');
  return name === '' ? undefined : name;
}
