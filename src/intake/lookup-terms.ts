import type { Answers, AnswersPatch } from '../catalogue/answers.js';
import { isSaid, lookupValues } from '../catalogue/lookup-fields.js';
import type { LookupTerm } from '../vault/lookup-rows.js';
import { leftBlankTerm, lookupTerm, untouchedTerm } from '../vault/lookup-tags.js';

/**
 * The terms an intake is found by: always the same number, blanks among them, and no two alike. A value that is there twice
 * (the telephone that a couple shares) is found by its first row; a second one equal to it would tell that there is a spouse.
 *
 * A blank has another term once it has been left blank: so the page of the spouse changes the same row for everyone, and
 * whoever sees that it changed does not see whether there is a spouse.
 * @param patch what is said with this save; what it does not mention stays as it is
 */
export function lookupTerms(lookupKey: Uint8Array, intakeId: string, answers: Answers, patch: AnswersPatch): readonly LookupTerm[] {
  const values = lookupValues(answers);
  return values.map((one, at) => {
    const { slot, field, class: retentionClass, value } = one;
    const isFirst = value !== undefined && values.findIndex((other) => other.field === field && other.value === value) === at;
    if (isFirst) return { slot, class: retentionClass, term: lookupTerm(lookupKey, field, value) };
    const leftBlank = leftBlankTerm(lookupKey, intakeId, slot);
    if (isSaid(patch, one)) return { slot, class: retentionClass, term: leftBlank };
    return { slot, class: retentionClass, term: untouchedTerm(lookupKey, intakeId, slot), stays: leftBlank };
  });
}
