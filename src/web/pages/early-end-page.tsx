import { RetentionList, type ClassLives } from '../form/retention-line.js';
import { Link } from '../shell/link.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { ERASURE_WORDS } from '../words/erasure-words.js';
import { EARLY_ENDS, STAGE_CHANGE_WORDS as WORDS, STAGE_EXPLANATIONS } from '../words/intake-words.js';
import { IntakeHeading, type IntakeFacts } from './intake-facts.js';

export type EarlyEnd = keyof typeof EARLY_ENDS;

/** What it means that a client has withdrawn or did not come back, before it is confirmed. */
export interface EarlyEndPage {
  readonly intake: IntakeFacts;
  readonly end: EarlyEnd;
  /** As they would be from then on. */
  readonly lives: ClassLives;
}

function Body({ page: { intake, end, lives } }: { readonly page: EarlyEndPage }) {
  const t = useWords();
  const { title, confirm } = EARLY_ENDS[end];
  return (
    <>
      <IntakeHeading intake={intake} />
      <h1>{t(title)}</h1>
      <p class="tf-intro">{t(STAGE_EXPLANATIONS[end])}</p>
      <section class="tf-panel" aria-labelledby="lives">
        <h2 id="lives">{t(WORDS.means)}</h2>
        <RetentionList lives={lives} />
      </section>
      <PostForm action={`${intake.path}/stage/${end}`} hidden={{ version: String(intake.version) }}>
        <button type="submit" class="usa-button">
          {t(confirm)}
        </button>
      </PostForm>
      <p>
        {t(WORDS.sooner)} <Link to={`${intake.path}/erasure`}>{t(ERASURE_WORDS.link)}</Link>
      </p>
      <p>
        <Link to={intake.path}>{t(WORDS.cancel)}</Link>
      </p>
    </>
  );
}

export const earlyEndPage: Page<EarlyEndPage> = { title: ({ end }) => EARLY_ENDS[end].title, width: 'form', Body };
