import { Refusal } from '../platform/refusal.js';
import { COMMON_WORDS } from './common-words.js';

/** NIST SP 800-63B-4, 3.1.1.2: fifteen where a password is the only factor. */
const SHORTEST = 15;
const LONGEST = 256;

/** How much of a password must be its owner's own once everything anybody would try is taken out of it. */
const OWN_CHARACTERS = 6;

/**
 * Refuses what is too short, too long, or made of what a guesser tries first. No rule about digits or signs: they make
 * passwords harder to remember and no harder to guess.
 * @param known names a guesser would know: the site's, the organisation's, the member's own, their e-mail address
 * @throws Refusal INVALID_INPUT naming the field
 */
export function checkNewPassword(password: string, known: readonly string[], field = 'password'): void {
  const normal = password.normalize('NFC');
  const { length } = [...normal];
  if (length < SHORTEST) throw unfit(field, `A password has at least ${SHORTEST} characters. A few words in a row are easy to remember.`);
  if (length > LONGEST) throw unfit(field, `A password has at most ${LONGEST} characters.`);
  if (ownPart(normal, known).length < OWN_CHARACTERS) {
    throw unfit(field, 'This password is made of common words, names or rows of keys, and is among the first that are tried.');
  }
}

/** What is left without known words, digits and signs, repetitions and rows of keys; each character counted once. */
function ownPart(password: string, known: readonly string[]): string {
  const words = [...COMMON_WORDS, ...known.flatMap(wordsOf)].sort((a, b) => b.length - a.length);
  let rest = password.toLowerCase();
  for (const word of words) rest = rest.replaceAll(word, ' ');
  return [...new Set(rest.replaceAll(/[^\p{L}]/gu, ''))].join('');
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 3);
}

function unfit(field: string, message: string): Refusal {
  return new Refusal('INVALID_INPUT', message, { fields: [field] });
}
