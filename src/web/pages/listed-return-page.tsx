import { RetentionList, type ClassLives } from '../form/retention-line.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { LISTED_RETURN_WORDS as WORDS } from '../words/intake-words.js';
import { DESTROYED_WORDS, POLICY_WORDS } from '../words/retention-words.js';
import { AnswerList, type AnswerRow } from './answer-list.js';
import { IntakeHeading, type IntakeFacts } from './intake-facts.js';

/** What is left of an intake when everything else has been destroyed: its return on the preparer's list. Nobody changes it any more. */
export interface ListedReturnPage {
  readonly intake: IntakeFacts;
  readonly rows: readonly AnswerRow[];
  /** Of every class. */
  readonly lives: ClassLives;
  /** Of its early erasure, if it was one. */
  readonly receipt?: LocalPath;
}

function Body({ page: { intake, rows, lives, receipt } }: { readonly page: ListedReturnPage }) {
  const t = useWords();
  return (
    <>
      <IntakeHeading intake={intake} />
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.intro)}</p>
      <AnswerList rows={rows} />
      <section class="tf-panel" aria-labelledby="lives">
        <h2 id="lives">{t(WORDS.lives)}</h2>
        <RetentionList lives={lives} />
        {receipt !== undefined && (
          <p>
            <Link to={receipt}>{t(DESTROYED_WORDS.receipt)}</Link>
          </p>
        )}
      </section>
      <p>
        <Link to="/policy">{t(POLICY_WORDS.title)}</Link>
      </p>
    </>
  );
}

export const listedReturnPage: Page<ListedReturnPage> = { title: () => WORDS.title, width: 'form', Body };
