import { ErrorSummary } from '../form/error-summary.js';
import { Link } from '../shell/link.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { DETECTOR_WORDS, FINDING_WORDS as WORDS } from '../words/finding-words.js';
import { FindingItem, type ShownFinding } from './finding-item.js';
import { ReviewForm, type ReviewFormProps } from './review-form.js';
import { ReviewList } from './review-list.js';

/** One finding, what was written about it, and a form for more. */
export interface FindingPage {
  readonly finding: ShownFinding;
  readonly form: ReviewFormProps;
}

function Body({ page: { finding, form } }: { readonly page: FindingPage }) {
  const t = useWords();
  return (
    <>
      <ErrorSummary problems={form.problems} labelOf={(path) => (path in WORDS ? t(WORDS[path as keyof typeof WORDS]) : undefined)} />
      <h1>{t(DETECTOR_WORDS[finding.detector])}</h1>
      <FindingItem finding={finding} isAlone />
      <h2>{t(WORDS.reviews)}</h2>
      {finding.reviews.length === 0 ? <p>{t(WORDS.noReviews)}</p> : <ReviewList reviews={finding.reviews} />}
      <ReviewForm {...form} />
      <p>
        <Link to="/findings">{t(WORDS.back)}</Link>
      </p>
    </>
  );
}

export const findingPage: Page<FindingPage> = {
  title: ({ finding }) => DETECTOR_WORDS[finding.detector],
  hasProblems: ({ form }) => form.problems.length > 0,
  width: 'form',
  Body,
};
