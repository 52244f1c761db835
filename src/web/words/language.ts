import type { Wording } from '../../catalogue/wording.js';

/** The languages every page speaks: those the catalogue has its questions in. */
export type Language = keyof Wording;

/** Each language under its own name, as its readers look for it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', es: 'Español' };

export const LANGUAGES = Object.keys(LANGUAGE_NAMES) as readonly Language[];

export function isLanguage(text: unknown): text is Language {
  return typeof text === 'string' && Object.hasOwn(LANGUAGE_NAMES, text);
}
