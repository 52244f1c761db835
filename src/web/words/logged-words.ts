import type { Context, Subject } from '../../audit/entry.js';
import type { Wording } from '../../catalogue/wording.js';
import { APPROVAL_KIND_WORDS } from './approval-words.js';
import { CLASS_WORDS } from './class-words.js';
import { dayInWords, numberInWords } from './dates-in-words.js';
import { STAGE_WORDS } from './intake-words.js';
import { LANGUAGES, type Language } from './language.js';
import { SETTINGS_WORDS } from './settings-words.js';

const LABELS = {
  classes: { en: 'kinds of answers', es: 'tipos de respuestas' },
  settings: { en: 'settings', es: 'ajustes' },
  stage: { en: 'stage', es: 'etapa' },
  reason: { en: 'reason', es: 'motivo' },
  permission: { en: 'permission', es: 'permiso' },
  act: { en: 'what it is about', es: 'de qué se trata' },
  version: { en: 'version', es: 'versión' },
  day: { en: 'day', es: 'día' },
} as const satisfies Readonly<Record<string, Wording>>;

const ACT_WORDS: Readonly<Record<string, Wording>> = Object.fromEntries(Object.entries(APPROVAL_KIND_WORDS).map(([name, { title }]) => [name, title]));

/**
 * What an entry says in words of the log's closed lists, in the words of the pages. Codes of refusals and permissions stand as the API has them, and
 * so does what is none of ours: somebody may have changed what is stored.
 */
export function detailsInWords({ classes, fields }: Subject, context: Context): readonly Wording[] {
  const { settings, stage, act, version, day } = context;
  return [
    // Where fields are named, their classes go without saying.
    ...(fields ? [] : listed('classes', classes, CLASS_WORDS)),
    ...listed('settings', settings, SETTINGS_WORDS),
    ...listed('stage', stage, STAGE_WORDS),
    ...(['reason', 'permission'] as const).flatMap((name) => listed(name, context[name], {})),
    ...listed('act', act, ACT_WORDS),
    ...(version === undefined ? [] : [said('version', (language) => (typeof version === 'number' ? numberInWords(version, language) : String(version)))]),
    ...(day === undefined ? [] : [said('day', (language) => dayInWords(String(day), language))]),
  ];
}

function listed(name: keyof typeof LABELS, values: string | readonly string[] | undefined, words: Readonly<Record<string, Wording>>): readonly Wording[] {
  const list = values === undefined ? [] : [values].flat();
  if (list.length === 0) return [];
  return [said(name, (language) => list.map((one) => (Object.hasOwn(words, one) ? words[one]![language] : one)).join(', '))];
}

function said(name: keyof typeof LABELS, value: (language: Language) => string): Wording {
  const [en, es] = LANGUAGES.map((language) => `${LABELS[name][language]}: ${value(language)}`);
  return { en: en!, es: es! };
}
