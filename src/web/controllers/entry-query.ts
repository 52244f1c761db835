import { ENTRY_KINDS, READINGS } from '../../audit/entry.js';
import type { EntryFilter } from '../../audit/entry-filter.js';
import { PURPOSES } from '../../audit/entry-parts.js';
import { CLASSES_WITH_NUMBERS } from '../../audit/findings/detectors.js';
import { LOGGED_FIELDS } from '../../catalogue/logged-fields.js';
import { RETENTION_CLASSES } from '../../catalogue/retention-class.js';
import { addDays, day, type Day } from '../../platform/clock.js';
import { Refusal } from '../../platform/refusal.js';
import { startOfDay } from '../../platform/start-of-day.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { PROBLEM_WORDS as WORDS } from '../words/problem-words.js';

const FILTERS = ['kind', 'member', 'intake', 'class', 'field', 'purpose', 'from', 'to', 'since', 'until', 'entry'] as const;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** `since` and `until`, which links of ours bring: to the second, where a day is too coarse. */
const INSTANT = /^20\d{2}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** What an auditor asks to see, from the address of the page. */
export interface EntryQuery {
  /** As typed, blanks left out. */
  readonly values: FormValues;
  readonly filter: EntryFilter;
  readonly problems: readonly FormProblem[];
}

/**
 * Days are the site's own, and the last one counts whole. What is not understood is a problem: a list without it would be taken for what was asked.
 * @throws Refusal BAD_REQUEST where something is asked twice, or in an address that no form and no link of ours makes
 */
export function entryQuery(query: Readonly<Record<string, unknown>>, timeZone: string): EntryQuery {
  const values = typedValues(query);
  const { intake, field, kind, member, class: name, purpose } = values;
  const days = { from: dayOf(values['from']), to: dayOf(values['to']) };
  const problems: FormProblem[] = [
    ...unchosen('kind', kind === 'readings' ? undefined : kind, ENTRY_KINDS),
    ...(member !== undefined && !UUID.test(member) ? [{ path: 'member', reason: WORDS.choose }] : []),
    ...unchosen('class', name === 'numbers' ? undefined : name, RETENTION_CLASSES),
    ...unchosen('purpose', purpose, PURPOSES),
    ...(intake !== undefined && !UUID.test(intake) ? [{ path: 'intake', reason: WORDS.intakeNumber }] : []),
    ...(field !== undefined && !LOGGED_FIELDS.includes(field) ? [{ path: 'field', reason: WORDS.loggedField }] : []),
    ...(days.from === 'none' ? [{ path: 'from', reason: WORDS.day }] : []),
    ...(days.to === 'none' ? [{ path: 'to', reason: WORDS.day }] : []),
    ...(isDay(days.from) && isDay(days.to) && days.to < days.from ? [{ path: 'to', reason: WORDS.endsBefore }] : []),
  ];
  return { values, filter: { ...filterOf(values), ...spanOf(values, days, timeZone) }, problems };
}

function unchosen(path: string, value: string | undefined, known: readonly string[]): readonly FormProblem[] {
  return value === undefined || known.includes(value) ? [] : [{ path, reason: WORDS.choose }];
}

function filterOf({ kind, member, intake, class: name, field, purpose, entry }: FormValues): EntryFilter {
  return {
    ...(kind === undefined ? {} : kindsOf(kind)),
    ...(member === undefined ? {} : { member: UUID.test(member) ? member : NOBODY }),
    ...(intake === undefined ? {} : { intake }),
    ...(name === undefined ? {} : classesOf(name)),
    ...(field === undefined ? {} : { field }),
    ...(purpose === undefined ? {} : purposeOf(purpose)),
    ...(entry === undefined ? {} : { ids: /^\d{1,15}$/.test(entry) ? [Number(entry)] : [] }),
  };
}

/** Nobody has this number. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** A kind that there is not fits no entry. */
function kindsOf(kind: string): EntryFilter {
  if (kind === 'readings') return { kinds: READINGS };
  const kinds = ENTRY_KINDS.filter((known) => known === kind);
  return kinds.length > 0 ? { kinds } : { ids: [] };
}

/** What the finding about opened numbers is about: they stand on a preparer's list too. */
function classesOf(name: string): EntryFilter {
  if (name === 'numbers') return { classes: CLASSES_WITH_NUMBERS };
  const classes = RETENTION_CLASSES.filter((known) => known === name);
  return classes.length > 0 ? { classes } : { ids: [] };
}

/** A word that is in no list fits no entry. */
function purposeOf(word: string): EntryFilter {
  const purpose = PURPOSES.find((known) => known === word);
  return purpose === undefined ? { ids: [] } : { purpose };
}

interface DaysTyped {
  readonly from: Day | 'none' | undefined;
  readonly to: Day | 'none' | undefined;
}

function spanOf({ since, until }: FormValues, { from, to }: DaysTyped, timeZone: string): Pick<EntryFilter, 'from' | 'before'> {
  const begins = [...instants(since), ...(isDay(from) ? [startOfDay(timeZone, from)] : [])];
  const ends = [...instants(until), ...(isDay(to) ? [startOfDay(timeZone, addDays(to, 1))] : [])];
  return {
    ...(begins.length > 0 ? { from: new Date(Math.max(...begins.map(Number))) } : {}),
    ...(ends.length > 0 ? { before: new Date(Math.min(...ends.map(Number))) } : {}),
  };
}

function isDay(typed: Day | 'none' | undefined): typed is Day {
  return typed !== undefined && typed !== 'none';
}

function instants(text: string | undefined): readonly Date[] {
  if (text === undefined) return [];
  const at = new Date(text);
  if (!INSTANT.test(text) || Number.isNaN(at.getTime())) throw new Refusal('BAD_REQUEST', 'This is no instant of a link of ours.');
  return [at];
}

function typedValues(query: Readonly<Record<string, unknown>>): FormValues {
  return Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = query[name];
      if (value !== undefined && typeof value !== 'string') throw new Refusal('BAD_REQUEST', 'One thing is asked twice.');
      const trimmed = (value ?? '').trim().slice(0, 120);
      const text = name === 'intake' || name === 'member' ? trimmed.toLowerCase() : trimmed;
      return text === '' || text.includes('\0') ? [] : [[name, text]];
    }),
  );
}

/** The log began in this century. */
function dayOf(text: string | undefined): Day | 'none' | undefined {
  if (text === undefined) return undefined;
  try {
    return text.startsWith('20') ? day(text) : 'none';
  } catch {
    return 'none';
  }
}
