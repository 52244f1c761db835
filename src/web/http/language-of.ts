import type { FastifyRequest } from 'fastify';
import { LANGUAGE_FIELD } from '../shell/form-fields.js';
import { isLanguage, type Language } from '../words/language.js';
import { chooseLanguage } from './choose-language.js';
import { LANGUAGE_COOKIE } from './language-cookie.js';

/** The language that a page answers this request in. */
export function languageOf({ cookies, headers, body }: Pick<FastifyRequest, 'cookies' | 'headers' | 'body'>): Language {
  return languageChosen({ body }) ?? chooseLanguage(cookies[LANGUAGE_COOKIE], headers['accept-language']);
}

/** By the switch beside a typed form, with the form itself. */
export function languageChosen({ body }: Pick<FastifyRequest, 'body'>): Language | undefined {
  const language = (body as Readonly<Record<string, unknown>> | null | undefined)?.[LANGUAGE_FIELD];
  return isLanguage(language) ? language : undefined;
}
