import type { EntryKind } from '../../audit/entry.js';
import { ErrorSummary } from '../form/error-summary.js';
import { MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { ENTRIES_WORDS as WORDS, ENTRY_KIND_WORDS, SYSTEM_WORDS, type SystemActor } from '../words/audit-words.js';
import { numberInWords } from '../words/dates-in-words.js';
import { EntryFilter, type EntryFilterProps } from './entry-filter.js';

export interface EntryRow {
  readonly at: Date;
  readonly kind: EntryKind;
  readonly state: 'pending' | 'integrated' | 'published';
  /** Its index; none while it is pending. */
  readonly index?: number;
  /** A member's name; undefined after pruning, and where the system did it. */
  readonly actor?: string;
  readonly system?: SystemActor;
  /** Random numbers; one for most readings, many for a list. */
  readonly intakes: readonly string[];
  /** Name of the member whom it was about. */
  readonly member?: string;
  readonly run?: LocalPath;
  readonly purpose?: string;
  /** Names of fields or classes, never values. */
  readonly fields: readonly string[];
  /** From the log's closed lists: `stage: done`, `reason: wrong-password`. */
  readonly details: readonly string[];
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
      <ErrorSummary problems={page.filter.problems} saves={false} labelOf={(path) => (path in WORDS ? t(WORDS[path as keyof typeof WORDS]) : undefined)} />
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
              <KindOf kind={entry.kind} />
            </td>
            <td data-label={t(WORDS.who)}>{entry.actor === undefined ? <System system={entry.system} /> : <bdi>{entry.actor}</bdi>}</td>
            <td data-label={t(WORDS.what)}>{entry.pruned ? <em>{t(WORDS.pruned)}</em> : saysMore(entry) ? <Subject entry={entry} /> : '–'}</td>
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

function saysMore({ intakes, member, run, purpose, fields, details }: EntryRow): boolean {
  return [member, run, purpose].some((one) => one !== undefined) || intakes.length + fields.length + details.length > 0;
}

function Subject({ entry: { intakes, member, run, purpose, fields, details } }: { readonly entry: EntryRow }) {
  const t = useWords();
  const { language } = useShell();
  const [intake, ...more] = intakes;
  return (
    <div>
      {member !== undefined && <bdi>{member}</bdi>}
      {intake !== undefined && more.length === 0 && (
        <Link to={`/entries?intake=${intake}`}>
          <code class="tf-break">{intake}</code>
        </Link>
      )}
      {more.length > 0 && `${numberInWords(intakes.length, language)} ${t(WORDS.intakes)}`}
      {run !== undefined && <Link to={run}>{t(WORDS.run)}</Link>}
      {purpose !== undefined && (
        <div>
          {t(WORDS.purpose)}: {purpose}
        </div>
      )}
      {details.length > 0 && <div class="tf-break">{details.join(', ')}</div>}
      {fields.length > 0 && (
        <details>
          <summary>
            {t(WORDS.fields)}: {numberInWords(fields.length, language)}
          </summary>
          <div class="tf-break">{fields.join(', ')}</div>
        </details>
      )}
    </div>
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

export const entriesPage: Page<EntriesPage> = {
  title: () => WORDS.title,
  hasProblems: ({ filter }) => filter.problems.length > 0,
  width: 'wide',
  Body,
};
