import { MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import { Notice } from '../shell/notice.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { MEMBERS_WORDS as WORDS } from '../words/member-words.js';
import { LinkToHandOver } from './link-to-hand-over.js';

/** Shown once, in answer to the form that made it: the link is not kept in a way that could show it again. */
export interface InvitationPage {
  readonly email: string;
  readonly link: string;
  readonly expiresAt: Date;
  /** Of an administrator: when the link works although nobody has approved it. */
  readonly opensAt?: Date;
}

function Body({ page }: { readonly page: InvitationPage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.madeTitle)}</h1>
      <Notice kind="warning" text={WORDS.madeExplain} />
      {page.opensAt !== undefined && (
        <Notice kind="info">
          <p class="usa-alert__text">
            {t(WORDS.madeWaits)} <MomentText at={page.opensAt} />.
          </p>
        </Notice>
      )}
      <LinkToHandOver {...page} />
      <p>
        <Link to="/members">{t(WORDS.back)}</Link>
      </p>
    </>
  );
}

export const invitationPage: Page<InvitationPage> = { title: () => WORDS.madeTitle, width: 'form', Body };
