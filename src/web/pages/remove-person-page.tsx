import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { HOUSEHOLD_WORDS as WORDS, personNumber } from '../words/intake-words.js';
import { IntakeHeading, type IntakeFacts } from './intake-facts.js';

export interface RemovePersonPage {
  readonly intake: IntakeFacts;
  readonly action: LocalPath;
  readonly household: LocalPath;
  /** From 0. */
  readonly position: number;
  readonly name?: string;
  /** 409: the intake was saved elsewhere since the question was asked, so it is asked anew. */
  readonly changed?: boolean;
}

function Body({ page }: { readonly page: RemovePersonPage }) {
  const t = useWords();
  return (
    <>
      <IntakeHeading intake={page.intake} />
      <h1>{t(WORDS.removeTitle)}</h1>
      {page.changed === true && <Notice kind="error" text={WORDS.removeChanged} />}
      <p class="tf-intro">
        <strong>
          <bdi>{page.name ?? t(personNumber(page.position + 1))}</bdi>
        </strong>
      </p>
      <p>{t(WORDS.removeEffect)}</p>
      <PostForm action={page.action} class="tf-form tf-buttons" hidden={{ version: String(page.intake.version) }}>
        <button type="submit" class="usa-button usa-button--secondary">
          {t(WORDS.remove)}
        </button>
        <Link to={page.household}>{t(WORDS.keep)}</Link>
      </PostForm>
    </>
  );
}

export const removePersonPage: Page<RemovePersonPage> = { title: () => WORDS.removeTitle, width: 'form', Body };
