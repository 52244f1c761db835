import type { AskedInput } from './asked-input.js';
import type { FormValues } from './form-values.js';
import { isDate } from './form-to-answers.js';

/** Opened answers as the API nests them: groups of names, and the household as a list. */
export type NestedAnswers = Readonly<Record<string, unknown>>;

/** What a page shows of answers already given, by the names of its controls. The other way of `formToAnswers`. */
export function answersToForm(inputs: readonly AskedInput[], answers: NestedAnswers): FormValues {
  return Object.fromEntries(inputs.flatMap((input) => controlsOf(input, answerAt(input, answers))));
}

/** The answer to a question, or undefined if it was left blank. */
export function answerAt({ path }: AskedInput, answers: NestedAnswers): unknown {
  return path.split('.').reduce<unknown>((inside, key) => {
    const isHolder = typeof inside === 'object' && inside !== null && Object.hasOwn(inside, key);
    return isHolder ? (inside as Record<string, unknown>)[key] : undefined;
  }, answers);
}

function controlsOf({ path, field }: AskedInput, answer: unknown): [string, string][] {
  if (answer === undefined || answer === null) return [];
  if (typeof answer === 'boolean') return [[path, answer ? 'yes' : 'no']];
  if (!isDate(field)) return [[path, String(answer)]];
  const [year = '', month = '', day = ''] = String(answer).split('-');
  return [
    [`${path}.month`, String(Number(month))],
    [`${path}.day`, String(Number(day))],
    [`${path}.year`, year],
  ];
}
