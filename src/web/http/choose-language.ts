import { isLanguage, LANGUAGES, type Language } from '../words/language.js';

/**
 * The language of a page: the one chosen with the switch, else the first of the browser's own list that we speak
 * (RFC 9110, 12.5.4; the order of the list stands for its weights), else English.
 */
export function chooseLanguage(cookie: string | undefined, acceptLanguage: string | undefined): Language {
  if (isLanguage(cookie)) return cookie;
  const wanted = (acceptLanguage ?? '').slice(0, 200).split(',').map((range) => range.trim().slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? LANGUAGES[0] ?? 'en';
}
