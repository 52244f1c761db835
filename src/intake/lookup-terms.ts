import type { Answers } from '../catalogue/answers.js';
import { lookupValues } from '../catalogue/lookup-fields.js';
import type { LookupTerm } from '../vault/lookup-rows.js';
import { lookupTerm } from '../vault/lookup-tags.js';

/** The terms an intake is found by: always the same number, blanks among them. */
export function lookupTerms(lookupKey: Uint8Array, answers: Answers): readonly LookupTerm[] {
  return lookupValues(answers).map(({ slot, field, class: retentionClass, value }) => ({
    slot,
    class: retentionClass,
    ...(value === undefined ? {} : { term: lookupTerm(lookupKey, field, value) }),
  }));
}
