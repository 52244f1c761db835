import { addDays, type Day } from '../../platform/clock.js';
import { startOfDay } from '../../platform/start-of-day.js';
import { NOTICE_DAYS } from './policy-proposal.js';

/**
 * The moment from which a proposal comes too near its day to be approved (`checkProposal`): its notice is short as soon as the next day has
 * begun in the first of these time zones. Pure.
 * @param zones by which the day of proposals goes
 */
export function approvableUntil(effectiveDay: Day, isShorter: boolean, zones: readonly string[]): Date {
  const tooNear = addDays(effectiveDay, isShorter ? 1 - NOTICE_DAYS : 0);
  return new Date(Math.min(...zones.map((zone) => startOfDay(zone, tooNear).getTime())));
}
