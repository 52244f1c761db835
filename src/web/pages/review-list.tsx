import type { Review } from '../../audit/reviews.js';
import { MomentText } from '../shell/dates.js';
import { useWords } from '../shell/shell.js';
import { FINDING_WORDS as WORDS, OUTCOME_WORDS } from '../words/finding-words.js';

export interface ShownReview {
  /** Absent where nobody can tell. */
  readonly who?: string;
  readonly at: Date;
  readonly outcome: Review['outcome'];
  readonly note: Review['note'];
}

/** What auditors wrote, oldest first. */
export function ReviewList({ reviews }: { readonly reviews: readonly ShownReview[] }) {
  const t = useWords();
  if (reviews.length === 0) return null;
  return (
    <ul class="usa-list usa-list--unstyled tf-notes">
      {reviews.map(({ who, at, outcome, note }, i) => (
        <li key={i}>
          <strong>{t(outcome === 'unreadable' ? WORDS.unreadable : OUTCOME_WORDS[outcome])}</strong>, {who !== undefined && <bdi>{who}, </bdi>}
          <MomentText at={at} />
          {note === 'changed' ? <p class="usa-error-message">{t(outcome === 'unreadable' ? WORDS.unreadableMeans : WORDS.changed)}</p> : <p class="tf-notes__text">{note.text}</p>}
        </li>
      ))}
    </ul>
  );
}
