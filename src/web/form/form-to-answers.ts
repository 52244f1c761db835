import { Refusal } from '../../platform/refusal.js';
import type { AskedField, AskedInput } from './asked-input.js';

/** Fields of a form that are not answers. */
const OF_THE_FORM = new Set(['_csrf', 'version', 'next', 'openedWith', 'toldAlike']);
const DATE_PARTS = ['month', 'day', 'year'] as const;

type FormAnswer = string | number | boolean | null;
export type PersonAnswers = Readonly<Record<string, unknown>>;

export interface FormAnswers {
  /** Input for `parseAnswers`, without the household: null clears, what the form did not send is left out. */
  readonly groups: Readonly<Record<string, Readonly<Record<string, FormAnswer>>>>;
  /** By position; the answers of the page's own questions only. `withPeople` puts them into the whole list. */
  readonly people: ReadonlyMap<number, Readonly<Record<string, FormAnswer>>>;
}

/**
 * Turns what a browser sent from one page into answers to parse. Checks nothing but the names: what is not a date or a
 * number stays text, for `parseAnswers` to refuse with its reason.
 * @param body attacker-controlled: any names, and arrays where a name came twice
 * @throws Refusal BAD_REQUEST if a name is not on the page or came twice. The name itself is not repeated: it may hold anything.
 */
export function formToAnswers(inputs: readonly AskedInput[], body: Readonly<Record<string, unknown>>): FormAnswers {
  const sent = onlyExpected(inputs, body);
  const groups: Record<string, Record<string, FormAnswer>> = {};
  const people = new Map<number, Record<string, FormAnswer>>();
  for (const { path, field } of inputs) {
    const answer = answerOf(path, field, sent);
    if (answer === undefined) continue;
    const position = positionOf(path, field);
    if (position === undefined) {
      (groups[field.group] ??= {})[field.name] = answer;
    } else {
      people.set(position, { ...people.get(position), [field.name]: answer });
    }
  }
  return { groups, people };
}

/** The whole household with the answers of a page put in; a position one past the end adds a person. */
export function withPeople(household: readonly PersonAnswers[], people: FormAnswers['people']): readonly PersonAnswers[] {
  const length = Math.max(household.length, ...[...people.keys()].map((position) => position + 1));
  return Array.from({ length }, (_, position) => ({ ...household[position], ...people.get(position) }));
}

function onlyExpected(inputs: readonly AskedInput[], body: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const expected = new Set(inputs.flatMap(({ path, field }) => namesOf(path, field)));
  const sent = new Map<string, string>();
  for (const [name, value] of Object.entries(body)) {
    if (OF_THE_FORM.has(name)) continue;
    if (!expected.has(name)) throw new Refusal('BAD_REQUEST', 'The form holds a field that is not on this page.');
    if (typeof value !== 'string') throw new Refusal('BAD_REQUEST', 'The form holds a field twice.');
    sent.set(name, value);
  }
  return sent;
}

/** The names of the controls of a question. */
export function namesOf(path: string, field: AskedField): readonly string[] {
  return isDate(field) ? DATE_PARTS.map((part) => `${path}.${part}`) : [path];
}

export function isDate(field: AskedField): boolean {
  return field.kind === 'date' || field.kind === 'birthDate';
}

function positionOf(path: string, field: AskedField): number | undefined {
  return field.group === 'household' ? Number(path.split('.')[1]) : undefined;
}

/** `undefined`: the form did not send the question at all, so its answer stays. */
function answerOf(path: string, field: AskedField, sent: ReadonlyMap<string, string>): FormAnswer | undefined {
  const typed = namesOf(path, field).map((name) => sent.get(name)?.trim());
  if (typed.every((part) => part === undefined)) return undefined;
  if (typed.every((part) => (part ?? '') === '')) return null;
  if (isDate(field)) return isoDate(typed[0] ?? '', typed[1] ?? '', typed[2] ?? '');
  const text = typed[0] ?? '';
  if (field.kind === 'boolean') return text === 'yes' ? true : text === 'no' ? false : text;
  if (field.kind === 'integer' || field.kind === 'monthCount' || field.kind === 'year') return /^\d{1,9}$/.test(text) ? Number(text) : text;
  return text.replace(/\r\n?/g, '\n');
}

/** `YYYY-MM-DD`; what is missing or no number stays as it is, so that the whole is refused as no date. */
function isoDate(month: string, day: string, year: string): string {
  const two = (part: string) => (/^\d$/.test(part) ? `0${part}` : part);
  return `${year}-${two(month)}-${two(day)}`;
}
