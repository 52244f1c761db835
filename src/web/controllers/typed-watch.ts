import type { WatchRules } from '../../audit/findings/finding.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { PROBLEM_WORDS as WORDS } from '../words/problem-words.js';

const HOURS = ['opensAt', 'closesAt'] as const;
const NUMBERS = ['manyIntakes', 'readsWithoutChange', 'failedSignIns', 'refusedAttempts'] as const;
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export const WATCH_PROBLEMS: Readonly<Record<(typeof HOURS | typeof NUMBERS)[number], FormProblem>> = {
  opensAt: { path: 'opensAt', reason: WORDS.hours },
  closesAt: { path: 'closesAt', reason: WORDS.hours },
  manyIntakes: { path: 'manyIntakes', reason: WORDS.count },
  readsWithoutChange: { path: 'readsWithoutChange', reason: WORDS.count },
  failedSignIns: { path: 'failedSignIns', reason: WORDS.count },
  refusedAttempts: { path: 'refusedAttempts', reason: WORDS.count },
};

/** As the form shows what is stored. */
export function watchTyped(rules: WatchRules): FormValues {
  return Object.fromEntries([
    ...HOURS.map((name) => [name, clockOf(rules[name])]),
    ...NUMBERS.map((name) => [name, String(rules[name])]),
    ...DAYS.flatMap((day) => (((rules.openDays >> (day - 1)) & 1) === 1 ? [[`openDay.${day}`, 'yes']] : [])),
  ]) as FormValues;
}

/** What was typed, as far as it can be read, and what is wrong with the rest. A form without these fields changes none of them. */
export function watchRules(typed: FormValues): { readonly rules: Partial<WatchRules>; readonly problems: readonly FormProblem[] } {
  if (typed['opensAt'] === undefined) return { rules: {}, problems: [] };
  const hours = HOURS.map((name) => [name, minutesOf(typed[name] ?? '')] as const);
  const numbers = NUMBERS.map((name) => [name, numberOf(typed[name] ?? '')] as const);
  const unread = [...hours, ...numbers].filter(([, value]) => value === undefined);
  // Which of two hours is wrong is to be seen only where both can be read.
  const hoursRead = hours.every(([, value]) => value !== undefined) ? hours : [];
  const read = [...hoursRead, ...numbers].filter(([, value]) => value !== undefined);
  return { rules: { ...Object.fromEntries(read), openDays: openDaysIn(typed) }, problems: unread.map(([name]) => WATCH_PROBLEMS[name]) };
}

function openDaysIn(typed: FormValues): number {
  return DAYS.reduce((bits, day) => bits | (typed[`openDay.${day}`] === 'yes' ? 1 << (day - 1) : 0), 0);
}

function numberOf(text: string): number | undefined {
  return /^\d{1,5}$/.test(text.trim()) ? Number(text) : undefined;
}

/** Midnight at the end of the day is typed as 24:00, which a time field of a browser does not know: there it is 23:59. */
function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function minutesOf(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})(?::00)?$/.exec(text.trim()) ?? [];
  if (hours === undefined || minutes === undefined || Number(minutes) > 59) return undefined;
  const since = Number(hours) * 60 + Number(minutes);
  return since <= 1440 ? since : undefined;
}
