import { Link } from '../shell/link.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { OTHER_SITE_WORDS as WORDS, SITES_WORDS } from '../words/sites-words.js';

/** In answer to a form of another site than the one at which its sender works by now. */
export type OtherSitePage = Readonly<Record<string, never>>;

function Body() {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.explain)}</p>
      <p>
        <Link to="/sites" class="usa-button">
          {t(SITES_WORDS.change)}
        </Link>
      </p>
    </>
  );
}

export const otherSitePage: Page<OtherSitePage> = { title: () => WORDS.title, width: 'form', Body };
