import { ErrorSummary } from '../form/error-summary.js';
import { Link } from '../shell/link.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { ENTRIES_WORDS } from '../words/audit-words.js';
import { FINDING_WORDS as WORDS } from '../words/finding-words.js';
import { Entries } from './entries-table.js';
import type { EntryRow } from './entry-row.js';
import { ReviewForm, type ReviewFormProps } from './review-form.js';
import { ReviewList, type ShownReview } from './review-list.js';

/** One entry of the log, what auditors wrote about it, and a form for more. */
export interface EntryPage {
  readonly entry: EntryRow;
  readonly reviews: readonly ShownReview[];
  readonly form: ReviewFormProps;
}

function Body({ page: { entry, reviews, form } }: { readonly page: EntryPage }) {
  const t = useWords();
  return (
    <>
      <ErrorSummary problems={form.problems} labelOf={(path) => (path in WORDS ? t(WORDS[path as keyof typeof WORDS]) : undefined)} />
      <h1>
        {t(ENTRIES_WORDS.entryNumber)} {entry.number}
      </h1>
      <Entries entries={[entry]} />
      <p class="tf-quiet">{t(ENTRIES_WORDS.twoNumbers)}</p>
      <h2>{t(WORDS.reviews)}</h2>
      {reviews.length === 0 ? <p>{t(WORDS.noReviews)}</p> : <ReviewList reviews={reviews} />}
      <ReviewForm {...form} />
      <p>
        <Link to="/entries">{t(WORDS.backToEntries)}</Link>
      </p>
    </>
  );
}

export const entryPage: Page<EntryPage> = { title: () => ENTRIES_WORDS.entryNumber, hasProblems: ({ form }) => form.problems.length > 0, width: 'wide', Body };
