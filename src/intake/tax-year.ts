import type { Day } from '../platform/clock.js';
import { Refusal } from '../platform/refusal.js';

const PAST_YEARS = 5;
const DECEMBER = '12';

/**
 * The year being filed for and five before it; in the last weeks of a year also that year itself, for whoever comes early.
 * @throws Refusal INVALID_INPUT
 */
export function checkTaxYear(taxYear: unknown, filingYear: number): asserts taxYear is number {
  const isYear = typeof taxYear === 'number' && Number.isInteger(taxYear);
  if (!isYear || taxYear > filingYear || taxYear < filingYear - 1 - PAST_YEARS) {
    throw new Refusal('INVALID_INPUT', `taxYear must be a year from ${filingYear - 1 - PAST_YEARS} to ${filingYear}.`, { fields: ['taxYear'] });
  }
}

/** Newest first. The running year is offered in December alone: before that, whoever picks it has picked wrongly. */
export function taxYearsOffered(today: Day, filingYear: number): readonly number[] {
  const newest = today.slice(5, 7) === DECEMBER && today.startsWith(String(filingYear)) ? filingYear : filingYear - 1;
  return Array.from({ length: newest - (filingYear - 1 - PAST_YEARS) + 1 }, (_, back) => newest - back);
}
