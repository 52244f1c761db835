import { Link } from '../shell/link.js';
import { Notice } from '../shell/notice.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { SET_UP_WORDS as WORDS, SIGN_IN_WORDS } from '../words/member-words.js';
import { LinkToHandOver } from './link-to-hand-over.js';

/** Shown once, in answer to the set-up: the second administrator's link is not kept in a way that could show it again. */
export interface SetUpDonePage {
  readonly email: string;
  readonly link: string;
  readonly expiresAt: Date;
  /** Of the site that was made. */
  readonly timeZone: string;
}

function Body({ page }: { readonly page: SetUpDonePage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.doneTitle)}</h1>
      <Notice kind="warning" text={WORDS.doneExplain} />
      <LinkToHandOver {...page} />
      <p>
        {t(WORDS.doneNext)} <Link to="/sign-in">{t(SIGN_IN_WORDS.title)}</Link>
      </p>
    </>
  );
}

export const setUpDonePage: Page<SetUpDonePage> = { title: () => WORDS.doneTitle, width: 'form', Body };
