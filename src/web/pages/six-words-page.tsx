import { Link } from '../shell/link.js';
import { Notice } from '../shell/notice.js';
import type { Page } from '../shell/render-page.js';
import { SixWords } from '../shell/six-words.js';
import { useWords } from '../shell/shell.js';
import { SIX_WORDS_WORDS as WORDS } from '../words/member-words.js';

/** For a preparer who has joined and waits to be admitted. */
export interface SixWordsPage {
  readonly words: readonly string[];
  /** Names of those who hold the site's key. Nobody: whoever reads this makes it. */
  readonly holders: readonly string[];
}

function Body({ page }: { readonly page: SixWordsPage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <Notice kind="info" heading={WORDS.waiting} text={WORDS.explain} />
      <SixWords words={page.words} />
      <p>{t(WORDS.mustMatch)}</p>
      {page.holders.length === 0 ? (
        <p>{t(WORDS.nobodyYet)}</p>
      ) : (
        <>
          <h2>{t(WORDS.whoCanAdmit)}</h2>
          <ul class="usa-list">
            {page.holders.map((name, at) => (
              <li key={at}>
                <bdi>{name}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <Link to="/intakes" class="usa-button">
          {t(WORDS.checkAgain)}
        </Link>
      </p>
    </>
  );
}

export const sixWordsPage: Page<SixWordsPage> = { title: () => WORDS.title, width: 'form', Body };
