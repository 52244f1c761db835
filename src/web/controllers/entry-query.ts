import { ENTRY_KINDS, type EntryKind } from '../../audit/entry.js';
import type { EntryFilter } from '../../audit/list-entries.js';
import { addDays, day, type Day } from '../../platform/clock.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { PROBLEM_WORDS as WORDS } from '../words/problem-words.js';
import { startOfDay } from './start-of-day.js';

const FILTERS = ['kind', 'member', 'intake', 'from', 'to'] as const;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What an auditor asks to see, from the address of the page. */
export interface EntryQuery {
  /** As typed, blanks left out. */
  readonly values: FormValues;
  readonly filter: EntryFilter;
  readonly problems: readonly FormProblem[];
}

/**
 * Kinds and members come from lists of the form itself: what is not in them shows nothing. Days are the site's own, and
 * the last one counts whole.
 */
export function entryQuery(query: Readonly<Record<string, unknown>>, timeZone: string): EntryQuery {
  const values = typedValues(query);
  const { kind, member, intake, from, to } = values;
  const [first, last] = [dayOf(from), dayOf(to)];
  const problems: FormProblem[] = [
    ...(intake !== undefined && !UUID.test(intake) ? [{ path: 'intake', reason: WORDS.intakeNumber }] : []),
    ...(first === 'none' ? [{ path: 'from', reason: WORDS.day }] : []),
    ...(last === 'none' ? [{ path: 'to', reason: WORDS.day }] : []),
  ];
  const filter: EntryFilter = {
    ...(kind === undefined ? {} : { kinds: ENTRY_KINDS.filter((known): known is EntryKind => known === kind) }),
    ...(member === undefined ? {} : { member }),
    ...(intake === undefined ? {} : { intake }),
    ...(first === undefined || first === 'none' ? {} : { from: startOfDay(timeZone, first) }),
    ...(last === undefined || last === 'none' ? {} : { before: startOfDay(timeZone, addDays(last, 1)) }),
  };
  return { values, filter, problems };
}

function typedValues(query: Readonly<Record<string, unknown>>): FormValues {
  return Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = query[name];
      const text = typeof value === 'string' ? value.trim().toLowerCase().slice(0, 60) : '';
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
