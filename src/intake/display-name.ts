import type { Answers } from '../catalogue/answers.js';

/** What a list shows of an intake, and no more. */
export const NAME_FIELDS = ['taxpayer.firstName', 'taxpayer.lastName', 'taxpayer.suffix'] as const;

/** First and last name as they were entered; empty while there is none. */
export function displayName({ taxpayer }: Answers): string {
  return [taxpayer?.firstName, taxpayer?.lastName, taxpayer?.suffix].filter(Boolean).join(' ');
}
