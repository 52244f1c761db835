import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { ERROR_PAGE_WORDS as COMMON, ERROR_WORDS, type ErrorStatus } from '../words/error-words.js';
import { DESTROYED_WORDS } from '../words/retention-words.js';

/** Says what happened in our own words only: nothing of the request, and no message of an exception, gets here. */
export interface ErrorPage {
  readonly status: ErrorStatus;
  /** A one-time link that opens nothing: who has pressed its button twice has an account all the same. */
  readonly spentLink?: boolean;
  /** Where the rest of an intake can be read, if some of it lives. */
  readonly rest?: LocalPath;
  /** To find the entry in the server's own log: random, and about nobody. */
  readonly reference?: string;
}

function Body({ page: { status, spentLink, rest, reference } }: { readonly page: ErrorPage }) {
  const t = useWords();
  const { title, explain } = ERROR_WORDS[status];
  return (
    <>
      <h1>{t(title)}</h1>
      <p class="tf-intro">{t(spentLink === true ? COMMON.spentLink : explain)}</p>
      {reference !== undefined && (
        <p>
          {t(COMMON.reference)} <code>{reference}</code>
        </p>
      )}
      {rest !== undefined && (
        <p>
          <Link to={rest}>{t(DESTROYED_WORDS.rest)}</Link>
        </p>
      )}
      <p>{status === 401 || spentLink === true ? <Link to="/sign-in" class="usa-button">{t(COMMON.signIn)}</Link> : <Link to="/">{t(COMMON.home)}</Link>}</p>
    </>
  );
}

export const errorPage: Page<ErrorPage> = { title: ({ status }) => ERROR_WORDS[status].title, width: 'form', Body };
