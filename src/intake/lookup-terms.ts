import type { Answers } from '../catalogue/answers.js';
import { lookupValues } from '../catalogue/lookup-fields.js';
import type { LookupTerm } from '../vault/lookup-rows.js';
import { blankTerm, lookupTerm } from '../vault/lookup-tags.js';

/**
 * The terms an intake is found by: always the same number, blanks among them, and no two alike. A value that is there twice
 * (the telephone that a couple shares) is found by its first row; a second one equal to it would tell that there is a spouse.
 */
export function lookupTerms(lookupKey: Uint8Array, intakeId: string, answers: Answers): readonly LookupTerm[] {
  const values = lookupValues(answers);
  return values.map(({ slot, field, class: retentionClass, value }, at) => {
    const isFirst = value !== undefined && values.findIndex((other) => other.field === field && other.value === value) === at;
    return { slot, class: retentionClass, term: isFirst ? lookupTerm(lookupKey, field, value) : blankTerm(lookupKey, intakeId, slot) };
  });
}
