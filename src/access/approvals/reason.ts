import { codePoints, flawOfText, type TextFlaw } from '../../catalogue/free-text.js';
import { Refusal } from '../../platform/refusal.js';
import { flawOfName } from '../plain-name.js';

/** Characters, as people count them. */
export const LEAST_REASON = 10;
export const LONGEST_REASON = 500;

export type ReasonFlaw = 'too short' | TextFlaw;

/** One paragraph: line breaks could make a reason look like something that the page says. */
function plainReason(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** What is wrong with a reason, or `undefined`. It is kept longer than clients’ answers: their numbers have no place in it, nor has how to reach them. */
export function flawOfReason(text: string): ReasonFlaw | undefined {
  const reason = plainReason(text);
  const flaw = flawOfText(reason, { maxCharacters: LONGEST_REASON, lines: false, refusesIdentifiers: true, refusesContacts: true });
  if (flaw !== undefined) return flaw;
  if (codePoints(reason) < LEAST_REASON) return 'too short';
  return flawOfName(reason) === undefined ? undefined : 'broken characters';
}

/** @returns the reason as it is kept @throws Refusal INVALID_INPUT */
export function checkReason(text: string): string {
  if (flawOfReason(text) === undefined) return plainReason(text);
  const message = `A reason is ${LEAST_REASON} to ${LONGEST_REASON} characters of plain text, without taxpayer, account or telephone numbers and e-mail addresses.`;
  throw new Refusal('INVALID_INPUT', message, { fields: ['reason'] });
}
