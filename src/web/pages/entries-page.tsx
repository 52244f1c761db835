import type { EntryKind } from '../../audit/entry.js';
import { ErrorSummary } from '../form/error-summary.js';
import { MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { ENTRIES_WORDS as WORDS, ENTRY_KIND_WORDS, SYSTEM_WORDS, type SystemActor } from '../words/audit-words.js';
import { numberInWords } from '../words/dates-in-words.js';
import type { EntryRow } from './entry-row.js';
import { EntrySubject } from './entry-subject.js';
import { EntrySummary, type EntrySummaryProps } from './entry-summary.js';
import { EntryFilter, type EntryFilterProps } from './entry-filter.js';

export interface EntriesPage {
  readonly filter: EntryFilterProps;
  readonly summary?: EntrySummaryProps;
  readonly entries: readonly EntryRow[];
  readonly older?: LocalPath;
  readonly checkpoint?: string;
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
      {page.checkpoint !== undefined && (
        <>
          <h2 id="checkpoint">{t(WORDS.checkpoint)}</h2>
          <p>{t(WORDS.checkpointExplain)}</p>
          <pre class="tf-note" tabIndex={0} aria-labelledby="checkpoint" role="region">
            {page.checkpoint}
          </pre>
        </>
      )}
    </>
  );
}

function Entries({ entries }: { readonly entries: readonly EntryRow[] }) {
  const t = useWords();
  return (
    <table class="usa-table usa-table--borderless usa-table--stacked usa-table--compact tf-table">
      <caption class="usa-sr-only">{t(WORDS.title)}</caption>
      <thead>
        <tr>
          <th scope="col">{t(WORDS.time)}</th>
          <th scope="col">{t(WORDS.kind)}</th>
          <th scope="col">{t(WORDS.who)}</th>
          <th scope="col">{t(WORDS.what)}</th>
          <th scope="col">{t(WORDS.place)}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry, at) => (
          <tr key={at}>
            <th scope="row" data-label={t(WORDS.time)}>
              <MomentText at={entry.at} />
            </th>
            <td data-label={t(WORDS.kind)}>
              <KindOf kind={entry.kind} />
            </td>
            <td data-label={t(WORDS.who)}>{entry.actor === undefined ? <System system={entry.system} /> : <bdi>{entry.actor}</bdi>}</td>
            <td data-label={t(WORDS.what)}>
              <EntrySubject entry={entry} />
            </td>
            <td data-label={t(WORDS.place)}>
              <Place entry={entry} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function KindOf({ kind }: { readonly kind: EntryKind }) {
  const t = useWords();
  return (
    <div>
      {t(ENTRY_KIND_WORDS[kind])}
      <br />
      <code class="tf-quiet">{kind}</code>
    </div>
  );
}

function System({ system }: { readonly system: SystemActor | undefined }) {
  const t = useWords();
  return <em>{system === undefined ? '–' : t(SYSTEM_WORDS[system])}</em>;
}

function Place({ entry: { state, index } }: { readonly entry: EntryRow }) {
  const t = useWords();
  const { language } = useShell();
  return (
    <>
      {index !== undefined && `${numberInWords(index, language)}, `}
      {t(WORDS[state])}
    </>
  );
}

export const entriesPage: Page<EntriesPage> = {
  title: () => WORDS.title,
  hasProblems: ({ filter }) => filter.problems.length > 0,
  width: 'wide',
  Body,
};
