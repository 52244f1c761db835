import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { DISABLE_WORDS as WORDS } from '../words/member-words.js';

export interface DisableMemberPage {
  readonly action: LocalPath;
  readonly name: string;
  readonly isLastHolder: boolean;
}

function Body({ page }: { readonly page: DisableMemberPage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">
        {t(WORDS.about)} <strong><bdi>{page.name}</bdi></strong>.
      </p>
      <p>{t(WORDS.effect)}</p>
      <p>{t(WORDS.afterwards)}</p>
      {page.isLastHolder && <Notice kind="warning" text={WORDS.lastHolder} />}
      <PostForm action={page.action} class="tf-form tf-buttons">
        <button type="submit" class="usa-button usa-button--secondary">
          {t(WORDS.submit)}
        </button>
        <Link to="/members">{t(WORDS.cancel)}</Link>
      </PostForm>
    </>
  );
}

export const disableMemberPage: Page<DisableMemberPage> = { title: () => WORDS.title, width: 'form', Body };
