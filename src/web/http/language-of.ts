import type { FastifyRequest } from 'fastify';
import type { Language } from '../words/language.js';
import { chooseLanguage } from './choose-language.js';
import { LANGUAGE_COOKIE } from './language-cookie.js';

/** The language that a page answers this request in. */
export function languageOf({ cookies, headers }: Pick<FastifyRequest, 'cookies' | 'headers'>): Language {
  return chooseLanguage(cookies[LANGUAGE_COOKIE], headers['accept-language']);
}
