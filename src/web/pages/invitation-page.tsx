import { Link } from '../shell/link.js';
import { Notice } from '../shell/notice.js';
import type { Page } from '../shell/render-page.js';
import { MomentText } from '../shell/dates.js';
import { useWords } from '../shell/shell.js';
import { MEMBERS_WORDS as WORDS } from '../words/member-words.js';

/** Shown once, in answer to the form that made it: the link is not kept in a way that could show it again. */
export interface InvitationPage {
  readonly email: string;
  readonly link: string;
  readonly expiresAt: Date;
}

function Body({ page }: { readonly page: InvitationPage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.madeTitle)}</h1>
      <Notice kind="warning" text={WORDS.madeExplain} />
      <div class="usa-form-group">
        <label class="usa-label" for="invitation-link">
          {t(WORDS.madeLink)} {page.email}
        </label>
        <textarea class="usa-textarea tf-copy" id="invitation-link" rows={3} readOnly spellcheck={false}>
          {page.link}
        </textarea>
      </div>
      <p>
        {t(WORDS.expires)} <MomentText at={page.expiresAt} />.
      </p>
      <p>
        <Link to="/members">{t(WORDS.back)}</Link>
      </p>
    </>
  );
}

export const invitationPage: Page<InvitationPage> = { title: () => WORDS.madeTitle, width: 'form', Body };
