import { flawOfName } from '../../access/plain-name.js';
import { TEXT_FLAWS } from '../../catalogue/free-text.js';
import { PROBLEM_WORDS as WORDS } from '../words/problem-words.js';
import type { FormProblem, FormValues } from './form-values.js';

const LONGEST = 120;

/** Names of people, sites and organisations: something, and no more than a table can show. */
export function nameProblems(typed: FormValues, fields: readonly string[]): readonly FormProblem[] {
  return fields.flatMap((path): readonly FormProblem[] => {
    const text = (typed[path] ?? '').trim();
    const flaw = flawOfName(typed[path] ?? '');
    if (flaw !== undefined) return [{ path, reason: flaw === 'blank' ? WORDS.blank : TEXT_FLAWS[flaw] }];
    return text.length > LONGEST ? [{ path, reason: WORDS.tooLong }] : [];
  });
}
