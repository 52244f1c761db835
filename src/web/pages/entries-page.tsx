import { MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { ENTRIES_WORDS as WORDS } from '../words/audit-words.js';
import { numberInWords } from '../words/dates-in-words.js';
import { EntryFilter, type EntryFilterProps } from './entry-filter.js';

export interface EntryRow {
  readonly at: Date;
  /** One of the log's closed list, such as `answers.read`. */
  readonly kind: string;
  readonly state: 'pending' | 'integrated' | 'published';
  /** Its index; none while it is pending. */
  readonly index?: number;
  /** Undefined after pruning, or where nobody was signed in. */
  readonly actor?: string;
  readonly intake?: string;
  readonly purpose?: string;
  /** Names of fields or classes, never values. */
  readonly fields: readonly string[];
  readonly pruned: boolean;
}

export interface EntriesPage {
  readonly filter: EntryFilterProps;
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
      <EntryFilter {...page.filter} />
      {page.entries.length === 0 ? <p>{t(WORDS.none)}</p> : <Entries entries={page.entries} />}
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
              <code>{entry.kind}</code>
            </td>
            <td data-label={t(WORDS.who)}>{entry.actor === undefined ? '–' : <bdi>{entry.actor}</bdi>}</td>
            <td data-label={t(WORDS.what)}>{entry.pruned ? <em>{t(WORDS.pruned)}</em> : <Subject entry={entry} />}</td>
            <td data-label={t(WORDS.place)}>
              <Place entry={entry} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Subject({ entry: { intake, purpose, fields } }: { readonly entry: EntryRow }) {
  const t = useWords();
  return (
    <>
      {intake !== undefined && <code class="tf-break">{intake}</code>}
      {purpose !== undefined && (
        <div>
          {t(WORDS.purpose)}: {purpose}
        </div>
      )}
      {fields.length > 0 && (
        <div class="tf-break">
          {t(WORDS.fields)}: {fields.join(', ')}
        </div>
      )}
    </>
  );
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

export const entriesPage: Page<EntriesPage> = { title: () => WORDS.title, width: 'wide', Body };
