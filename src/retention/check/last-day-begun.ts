import { dayIn } from '../../platform/clock.js';

/** The day that has begun at least somewhere on earth: in the first zone to get to it (IANA; the sign is POSIX's). @param time RFC 3339, or nothing */
export function lastDayBegun(time: string): string {
  return time === '' ? '' : dayIn('Etc/GMT-14', new Date(time));
}
