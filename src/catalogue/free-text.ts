import type { Wording } from './wording.js';

/** C0 and C1 control characters: never part of what a person says, and able to forge lines in a terminal or a print. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/;
const CONTROLS_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
const LONE_SURROGATE = /\p{Cs}/u;

/** Spaces of every kind, soft hyphens, joiners, marks of writing direction, fillers, the blank Braille cell: nothing that is seen. */
const NOTHING_SEEN = /^[\s\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

export type TextFlaw = 'too long' | 'broken characters' | 'identifier' | 'contact';

/** Length as people count it, more or less: code points, not UTF-16 units. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Whether a text says nothing: empty, or made only of characters that nobody can see. Such an answer is none. */
export function isBlank(text: string): boolean {
  return NOTHING_SEEN.test(text);
}

/**
 * What is wrong with a text, or `undefined`. Any script, and marks of writing direction, are right: a name is what its
 * bearer writes. Nothing is normalised, so that what comes back is what was entered.
 */
export function flawOfText(
  text: string,
  rule: { maxCharacters: number; lines: boolean; refusesIdentifiers: boolean; refusesContacts?: boolean },
): TextFlaw | undefined {
  if (text.length > 2 * rule.maxCharacters || codePoints(text) > rule.maxCharacters) return 'too long';
  if ((rule.lines ? CONTROLS_BUT_LINES : CONTROLS).test(text) || LONE_SURROGATE.test(text)) return 'broken characters';
  if (rule.refusesIdentifiers && holdsIdentifier(text)) return 'identifier';
  return rule.refusesContacts && holdsContact(text) ? 'contact' : undefined;
}

/** Digits with at most one space, dash, dot or slash between them. */
const NUMBER = /\d(?:[ .\-/]?\d)*/g;
const ZIP_PLUS_FOUR = /^\d{5}-\d{4}$/;
const DATES = /(?<!\d)(?:(?:19|20)\d{2}-\d{2}-\d{2}|\d{1,2}\/\d{1,2}\/(?:19|20)\d{2})(?!\d)/g;
/** A letter or two and then seven to nine digits: passports, alien registration numbers, PTINs. */
const LETTERED_NUMBER = /(?<![\p{L}\d])\p{L}{1,2}(?:# ?|-)?(?:\d[ .-]?){6,8}\d(?!\d)/u;

/** Ten digits, with or without the 1 before them. */
const TELEPHONE = /(?<!\d)(?:\+?1[ .\-/]{0,2})?\(?\d{3}\)?[ .\-/]{0,2}\d{3}[ .\-/]?\d{4}(?!\d)/;
/** Of an intake or a hold: its digits may happen to look like one. */
const RANDOM_NUMBER = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const EMAIL = /[^\s@]@[^\s@]+\.\p{L}/u;

/**
 * Whether a note holds something that looks like a taxpayer, account, card, passport or alien number. A site keeps those
 * as answers of the class `credentials` or not at all; a note would carry them past that class's date.
 * Digits of every script count. Telephone numbers (ten digits, or eleven from 1), ZIP+4, dates and anything up to eight
 * digits pass; so an account number of five to eight digits gets through: it cannot be told from an amount.
 */
export function holdsIdentifier(text: string): boolean {
  const plain = plainly(text).replace(DATES, ';');
  return LETTERED_NUMBER.test(plain) || [...plain.matchAll(NUMBER)].some(([number]) => isIdentifier(number));
}

/** Whether a text has a telephone number or an e-mail address in it. */
export function holdsContact(text: string): boolean {
  const plain = plainly(text).replace(RANDOM_NUMBER, ';');
  return TELEPHONE.test(plain) || EMAIL.test(plain);
}

/** One writing for each digit and dash. */
function plainly(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}|\u2212/gu, '-')
    .replace(/(?![0-9])\p{Nd}/gu, '0');
}

function isIdentifier(number: string): boolean {
  const digits = number.replace(/\D/g, '');
  const isPhone = digits.length === 10 || /^1\d{10}$/.test(digits);
  return digits.length >= 9 && !isPhone && !ZIP_PLUS_FOUR.test(number);
}

export const TEXT_FLAWS: Readonly<Record<Exclude<TextFlaw, 'too long'>, Wording>> = {
  'broken characters': {
    en: 'This has a character that cannot be shown or printed. Please type it again.',
    es: 'Hay un carácter que no se puede mostrar ni imprimir. Escríbalo de nuevo, por favor.',
  },
  identifier: {
    en: 'This looks like a taxpayer, account or document number. Please leave such numbers out.',
    es: 'Esto parece un número de contribuyente, de cuenta o de documento. Por favor, no escriba esos números aquí.',
  },
  contact: {
    en: 'This has a telephone number or an e-mail address in it. Please leave it out: this text is kept longer than clients’ answers.',
    es: 'Aquí hay un número de teléfono o un correo electrónico. Por favor, no lo escriba: este texto se guarda más tiempo que las respuestas de los clientes.',
  },
};
