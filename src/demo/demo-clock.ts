import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Clock, dayIn, type Day } from '../platform/clock.js';
import { DEMO_TIME_ZONE } from './members.js';

/**
 * The demonstration's clock: noon of a given day in the site's time zone, ticking on from there. On one data directory it
 * never goes back: what has been destroyed there was destroyed by an honest calendar.
 * @param file remembers how far this data directory's clock has come
 */
export function demoClock(now: Day | undefined, file: string): Clock {
  const reached = existsSync(file) ? new Date(readFileSync(file, 'utf8')) : undefined;
  const wanted = now ? noonOf(now) : undefined;
  const latest = [wanted, reached].filter((one) => one !== undefined).sort((a, b) => b.getTime() - a.getTime())[0];
  if (!latest || (!wanted && latest <= Clock.system().now())) return Clock.system();
  return Clock.startingAt(latest);
}

export function rememberClock(clock: Clock, file: string): void {
  writeFileSync(file, clock.now().toISOString(), { mode: 0o600 });
}

function noonOf(day: Day): Date {
  const guess = new Date(`${day}T12:00:00Z`);
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: DEMO_TIME_ZONE, hour: 'numeric', hourCycle: 'h23' }).formatToParts(guess);
  const hour = Number(parts.find(({ type }) => type === 'hour')!.value);
  const noon = new Date(guess.getTime() + (12 - hour) * 3_600_000);
  if (dayIn(DEMO_TIME_ZONE, noon) !== day) throw new Error('no noon on that day');
  return noon;
}
