import { dayIn, type Day } from './clock.js';

const HOUR_MS = 3_600_000;
/** No zone is further than this from UTC. */
const FURTHEST_HOURS = 15;
const SECOND_MS = 1000;

/** The instant at which a day begins on the clocks of a time zone, to the second; on days that begin late because clocks jump too. */
export function startOfDay(timeZone: string, day: Day): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  let before = midnight - FURTHEST_HOURS * HOUR_MS;
  let within = midnight + FURTHEST_HOURS * HOUR_MS;
  while (within - before > SECOND_MS) {
    const between = before + Math.floor((within - before) / (2 * SECOND_MS)) * SECOND_MS;
    if (dayIn(timeZone, new Date(between)) >= day) within = between;
    else before = between;
  }
  return new Date(within);
}
