import { day, type Day } from '../platform/clock.js';
import { Refusal } from '../platform/refusal.js';

/** The twelve months from 1 July, by which preparers' lists are kept (IRC 6060(c)). */
export interface ReturnPeriod {
  /** Of its first day: its name. */
  readonly year: number;
  readonly from: Day;
  /** The last day of it. */
  readonly to: Day;
}

export function returnPeriod(year: number): ReturnPeriod {
  return { year, from: day(`${year}-07-01`), to: day(`${year + 1}-06-30`) };
}

/** As an address names it. @throws Refusal NOT_FOUND */
export function returnPeriodNamed(year: string): ReturnPeriod {
  if (!/^2\d{3}$/.test(year)) throw new Refusal('NOT_FOUND', 'There is no such return period.');
  return returnPeriod(Number(year));
}
