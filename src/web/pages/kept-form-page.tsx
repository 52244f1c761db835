import { keptFormPlace, type KeptForm } from '../http/kept-form.js';
import { Link } from '../shell/link.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { KEPT_FORM_WORDS as WORDS } from '../words/member-words.js';

/** What was typed before the session ended, ready to be sent once more: it is in the form, unseen. */
export interface KeptFormPage {
  readonly kept: KeptForm;
}

function Body({ page: { kept } }: { readonly page: KeptFormPage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.explain)}</p>
      <PostForm action={kept.action} class="tf-form tf-buttons" hidden={kept.fields}>
        <button type="submit" class="usa-button">
          {t(WORDS.submit)}
        </button>
        <Link to={keptFormPlace(kept)}>{t(WORDS.discard)}</Link>
      </PostForm>
    </>
  );
}

export const keptFormPage: Page<KeptFormPage> = { title: () => WORDS.title, width: 'form', Body };
