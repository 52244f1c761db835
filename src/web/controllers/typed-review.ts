import { REVIEW_OUTCOMES } from '../../audit/entry-parts.js';
import type { NewReview } from '../../access/review-log.js';
import { flawOfNote } from '../../audit/reviews.js';
import { TEXT_FLAWS } from '../../catalogue/free-text.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { NOTE_FLAW_WORDS } from '../words/finding-words.js';
import { PROBLEM_WORDS } from '../words/problem-words.js';

/** What an auditor typed, or what is wrong with it. */
export function typedReview({ outcome: word, note = '' }: FormValues): NewReview | readonly FormProblem[] {
  const outcome = REVIEW_OUTCOMES.find((known) => known === word);
  const flaw = flawOfNote(note);
  if (outcome && !flaw) return { outcome, note };
  return [
    ...(outcome ? [] : [{ path: 'outcome', reason: PROBLEM_WORDS.choose }]),
    ...(flaw ? [{ path: 'note', reason: flaw === 'blank' || flaw === 'too long' ? NOTE_FLAW_WORDS[flaw] : TEXT_FLAWS[flaw] }] : []),
  ];
}

export function isReview(typed: NewReview | readonly FormProblem[]): typed is NewReview {
  return !Array.isArray(typed);
}
