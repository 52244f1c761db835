import { PREPARER_LIST, RETENTION_CLASSES, type RetentionClass } from '../catalogue/retention-class.js';
import { addDays, type Day } from '../platform/clock.js';
import type { LivingDay } from './living-days.js';

/** Of how many intakes a class is destroyed by a run, kept by a hold though it is due, and not due. */
export interface ForeseenClass {
  readonly class: RetentionClass;
  readonly destroyed: number;
  readonly held: number;
  readonly kept: number;
}

/** What a run on that day destroys, with what runs before it destroy: every class that intakes have there, in their order. Pure, as all of this. */
export function foreseeRun(living: readonly LivingDay[], on: Day): readonly ForeseenClass[] {
  return RETENTION_CLASSES.filter((name) => name !== PREPARER_LIST || living.some((row) => row.class === name)).map((name) => {
    const ofClass = living.filter((row) => row.class === name);
    const due = ofClass.filter(({ day }) => day <= on);
    const held = sum(due, 'held');
    return { class: name, destroyed: sum(due, 'intakes') - held, held, kept: sum(ofClass, 'intakes') - sum(due, 'intakes') };
  });
}

/** A day of the calendar on which something is due. */
export interface CalendarDay {
  readonly day: Day;
  readonly classes: readonly { readonly class: RetentionClass; readonly destroyed: number; readonly held: number }[];
}

/** What is due on each day from the first to the last of them. What was due before the first goes on the first, or is held. */
export function calendarOf(living: readonly LivingDay[], first: Day, last: Day): readonly CalendarDay[] {
  const days = new Map<Day, { class: RetentionClass; destroyed: number; held: number }[]>();
  for (const { class: name, day, intakes, held } of living) {
    if (day > last) continue;
    const on = day < first ? first : day;
    const classes = days.get(on) ?? [];
    days.set(on, classes);
    const found = classes.find((one) => one.class === name);
    if (!found) classes.push({ class: name, destroyed: intakes - held, held });
    else Object.assign(found, { destroyed: found.destroyed + intakes - held, held: found.held + held });
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, classes]) => ({ day, classes: inOrder(classes) }));
}

/** Of how many intakes each class opens once a day's run is over. */
export interface LivingOn {
  readonly day: Day;
  readonly classes: Readonly<Partial<Record<RetentionClass, number>>>;
}

/**
 * How what is held shrinks, day by day, if nobody works on anything.
 * @param today before the next run: everything still opens
 * @param nextRun today while its run has not been, and then that day comes a second time; else tomorrow
 * @param last after whose run it ends
 */
export function shrinking(living: readonly LivingDay[], today: Day, nextRun: Day, last: Day): readonly [LivingOn, ...LivingOn[]] {
  const points: [LivingOn, ...LivingOn[]] = [{ day: today, classes: opening(foreseeRun(living, today), ({ destroyed, held, kept }) => destroyed + held + kept) }];
  for (let day = nextRun; day <= last; day = addDays(day, 1)) {
    points.push({ day, classes: opening(foreseeRun(living, day), ({ held, kept }) => held + kept) });
  }
  return points;
}

/** The classes of a picture or a table of them, in their order: the preparer's list only where there is one. */
export function classesCounted(points: readonly LivingOn[]): readonly RetentionClass[] {
  return RETENTION_CLASSES.filter((name) => name !== PREPARER_LIST || points.some(({ classes }) => classes[name] !== undefined));
}

function opening(rows: readonly ForeseenClass[], count: (row: ForeseenClass) => number): LivingOn['classes'] {
  return Object.fromEntries(rows.map((row) => [row.class, count(row)]));
}

function sum(rows: readonly LivingDay[], of: 'intakes' | 'held'): number {
  return rows.reduce((total, row) => total + row[of], 0);
}

function inOrder<T extends { readonly class: RetentionClass }>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((a, b) => RETENTION_CLASSES.indexOf(a.class) - RETENTION_CLASSES.indexOf(b.class));
}
