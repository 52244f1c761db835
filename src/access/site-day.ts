import { addDays, dayIn, type Day } from '../platform/clock.js';

/** The policy promises that nothing is destroyed earlier than announced with less notice than this. */
export const NOTICE_DAYS = 30;

/** A time zone that a site has left: it counts while the day there is before `until`. */
export interface FormerTimeZone {
  readonly timeZone: string;
  readonly until: Day;
}

/** By which zones a site's days of destruction begin. */
export interface SiteZones {
  /** IANA: the one that the clocks on pages follow. */
  readonly timeZone: string;
  readonly formerTimeZones: readonly FormerTimeZone[];
}

/**
 * The zone whose day it is at a site for all that days of destruction decide: the one among its own and those it has left within
 * thirty days in which the day is the earliest. So no change of zone refuses or destroys anything sooner than was announced
 * (docs/decisions/0025).
 */
export function decidingZone(zones: SiteZones, now: Date): string {
  const counting = countingStill(zones, now).map(({ timeZone }) => timeZone);
  return counting.reduce((first, other) => (dayIn(other, now) < dayIn(first, now) ? other : first), zones.timeZone);
}

/** The zones that a site has left and that count still. */
export function countingStill({ formerTimeZones }: SiteZones, now: Date): readonly FormerTimeZone[] {
  return formerTimeZones.filter(({ timeZone, until }) => dayIn(timeZone, now) < until);
}

/** The day at a site by which answers are touched, refused and destroyed. */
export function siteDay(zones: SiteZones, now: Date): Day {
  return dayIn(decidingZone(zones, now), now);
}

/** The zones that a site has left once it changes to another, those of earlier changes that still count among them. */
export function leftFor(timeZone: string, before: SiteZones, now: Date): readonly FormerTimeZone[] {
  const left = { timeZone: before.timeZone, until: addDays(dayIn(before.timeZone, now), NOTICE_DAYS) };
  const earlier = countingStill(before, now).filter((former) => former.timeZone !== left.timeZone);
  return [...earlier, left].filter((former) => former.timeZone !== timeZone);
}

/** Longer than any zone's year of clock changes. */
const SAMPLED_DAYS = 400;
const SAMPLE_MS = 6 * 3_600_000;

/** Whether days ever begin sooner in one zone than in another: by samples every six hours, for rather more than a year. */
export function beginsSooner(timeZone: string, before: string, now: Date): boolean {
  const samples = Array.from({ length: (SAMPLED_DAYS * 86_400_000) / SAMPLE_MS }, (_, i) => new Date(now.getTime() + i * SAMPLE_MS));
  const [there, here] = [wallClock(timeZone), wallClock(before)];
  return samples.some((at) => there.format(at) > here.format(at));
}

/** Its text has the order of what the clocks on a wall show: `2027-03-01 09:30`. */
function wallClock(timeZone: string): Intl.DateTimeFormat {
  const twoDigits = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', ...twoDigits, hourCycle: 'h23' });
}
