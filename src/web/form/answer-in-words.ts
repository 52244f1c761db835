import { STATES } from '../../catalogue/states.js';
import { dayInWords } from '../words/dates-in-words.js';
import { FORM_WORDS as WORDS } from '../words/form-words.js';
import type { Language } from '../words/language.js';
import type { AskedField } from './asked-input.js';
import { isDate } from './form-to-answers.js';

/** An answer as people say it, for the review page and for comparing; undefined for a blank. */
export function answerInWords(field: AskedField, answer: unknown, language: Language): string | undefined {
  if (answer === undefined || answer === null) return undefined;
  if (typeof answer === 'boolean') return (answer ? WORDS.yes : WORDS.no)[language];
  const text = String(answer);
  if (isDate(field)) return dayInWords(text, language);
  if (field.kind === 'phone') return text.replace(/^(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3');
  const options = field.kind === 'state' ? STATES : field.choices;
  return options?.find(({ value }) => value === text)?.label[language] ?? text;
}
