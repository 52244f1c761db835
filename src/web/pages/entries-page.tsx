import { ErrorSummary } from '../form/error-summary.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { ENTRIES_WORDS as WORDS } from '../words/audit-words.js';
import { Entries } from './entries-table.js';
import type { EntryRow } from './entry-row.js';
import { EntrySummary, type EntrySummaryProps } from './entry-summary.js';
import { EntryFilter, type EntryFilterProps } from './entry-filter.js';

export interface EntriesPage {
  readonly filter: EntryFilterProps;
  readonly summary?: EntrySummaryProps;
  readonly entries: readonly EntryRow[];
  readonly older?: LocalPath;
  /** None where what is shown has no address in the API. */
  readonly exports?: { readonly csv: LocalPath; readonly ocsf: LocalPath };
}

function Body({ page }: { readonly page: EntriesPage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.intro)}</p>
      <ErrorSummary problems={page.filter.problems} saves={false} labelOf={(path) => (path in WORDS ? t(WORDS[path as keyof typeof WORDS]) : undefined)} />
      <EntryFilter {...page.filter} />
      {page.summary && <EntrySummary {...page.summary} />}
      {page.entries.length > 0 && <Entries entries={page.entries} />}
      {page.entries.length === 0 && page.filter.problems.length === 0 && <p>{t(WORDS.none)}</p>}
      {page.older !== undefined && (
        <p>
          <Link to={page.older}>{t(WORDS.older)}</Link>
        </p>
      )}
      <ul class="usa-list usa-list--unstyled tf-spans">
        {page.exports && (
          <>
            <li>
              <Link to={page.exports.csv}>{t(WORDS.csv)}</Link>
            </li>
            <li>
              <Link to={page.exports.ocsf}>{t(WORDS.ocsf)}</Link>
            </li>
          </>
        )}
        <li>
          <Link to="/entries/over-time">{t(WORDS.overTime)}</Link>
        </li>
        <li>
          <Link to="/verification">{t(WORDS.checkpoint)}</Link>
        </li>
      </ul>
    </>
  );
}

export const entriesPage: Page<EntriesPage> = {
  title: () => WORDS.title,
  hasProblems: ({ filter }) => filter.problems.length > 0,
  width: 'wide',
  Body,
};
