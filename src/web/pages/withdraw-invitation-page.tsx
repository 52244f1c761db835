import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { WITHDRAW_INVITATION_WORDS as WORDS } from '../words/member-words.js';

export interface WithdrawInvitationPage {
  readonly action: LocalPath;
  readonly name: string;
  readonly email: string;
  /** Of an administrator: another one has approved it, or may still have to. */
  readonly hasRequest: boolean;
  /** Of the second administrator, whom the set-up named. */
  readonly isFromSetUp: boolean;
}

/** The address stands beside the name: one that is wrong is why most are taken back. */
function Body({ page }: { readonly page: WithdrawInvitationPage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">
        {t(WORDS.about)} <strong><bdi>{page.name}</bdi></strong>, <bdi>{page.email}</bdi>.
      </p>
      <p>{t(WORDS.effect)}</p>
      {page.hasRequest && <p>{t(WORDS.request)}</p>}
      <p>{t(WORDS.afterwards)}</p>
      {page.isFromSetUp && <Notice kind="warning" text={WORDS.fromSetUp} />}
      <PostForm action={page.action} class="tf-form tf-buttons">
        <button type="submit" class="usa-button usa-button--secondary">
          {t(WORDS.submit)}
        </button>
        <Link to="/members">{t(WORDS.cancel)}</Link>
      </PostForm>
    </>
  );
}

export const withdrawInvitationPage: Page<WithdrawInvitationPage> = { title: () => WORDS.title, width: 'form', Body };
