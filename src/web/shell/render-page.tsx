import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Wording } from '../../catalogue/wording.js';
import { STYLESHEETS } from '../http/asset-paths.js';
import { SHELL_WORDS as WORDS } from '../words/shell-words.js';
import { AdministratorNotices } from './administrator-notices.js';
import { PageFooter } from './page-footer.js';
import { PageHeader, PRODUCT_NAME } from './page-header.js';
import { ShellProvider, useShell, useWords, type Shell } from './shell.js';

/** A page: its component and what the document around it needs to know. It reads its page object and nothing else. */
export interface Page<PageObject> {
  /** Stays in the browser's history on a shared laptop: never a name, never an answer. */
  readonly title: (page: PageObject) => Wording;
  readonly Body: (props: { readonly page: PageObject }) => VNode;
  /** Said first in the title, so that a screen reader tells of the error before anything else. */
  readonly hasProblems?: (page: PageObject) => boolean;
  /** `form` keeps lines short enough to read; `wide` is for tables. */
  readonly width: 'form' | 'wide';
}

/** The whole HTML document of a page. Every text in it is escaped; it holds no script and no inline style. */
export function renderPage<PageObject>(shell: Shell, page: Page<PageObject>, object: PageObject): string {
  const html = renderToString(
    <ShellProvider value={shell}>
      <Document page={page} object={object} />
    </ShellProvider>,
  );
  return `<!doctype html>${html}`;
}

function Document<PageObject>({ page, object }: { readonly page: Page<PageObject>; readonly object: PageObject }) {
  const { language, notice } = useShell();
  const t = useWords();
  const title = `${page.hasProblems?.(object) === true ? `${t(WORDS.errorPrefix)} ` : ''}${t(page.title(object))} - ${PRODUCT_NAME}`;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="format-detection" content="telephone=no" />
        {STYLESHEETS.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
      </head>
      <body>
        <a class="usa-skipnav" href="#main-content">
          {t(WORDS.skipToContent)}
        </a>
        <PageHeader />
        <main id="main-content" class={`tf-main tf-main--${page.width}`} tabIndex={-1}>
          <AdministratorNotices />
          {notice !== undefined && (
            <div class="usa-alert usa-alert--success usa-alert--slim" role="status">
              <div class="usa-alert__body">
                <p class="usa-alert__text">{t(notice)}</p>
              </div>
            </div>
          )}
          <page.Body page={object} />
        </main>
        <PageFooter />
      </body>
    </html>
  );
}
