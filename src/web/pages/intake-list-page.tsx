import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Stage } from '../../intake/stage.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { DataTable } from '../shell/data-table.js';
import { DayText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Day } from '../../platform/clock.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { INTAKE_LIST_WORDS as WORDS, STAGE_WORDS } from '../words/intake-words.js';
import { KEPT_CONSENTS_WORDS } from '../words/kept-consents-words.js';
import { PREPARER_LIST_WORDS } from '../words/preparer-list-words.js';
import { goneSoonInWords } from '../words/preview-words.js';
import { SearchBox } from './search-box.js';

export interface IntakeRow {
  readonly path: LocalPath;
  /** Undefined: no name was entered, or it has been destroyed. */
  readonly displayName?: string;
  /** Where another one on the page has the same name, or none either: by it they are told apart. */
  readonly startedDay?: Day;
  readonly taxYear: number;
  readonly stage: Stage;
  /** The last day of the class that lives longest, consents and the preparer's list apart while anything else lives; undefined once nothing opens any more. */
  readonly readableUntil?: Day;
  /** A legal hold keeps something of it past its day. */
  readonly isPreserved: boolean;
  /** What goes within a week, and in how many days. */
  readonly soon?: { readonly classes: readonly RetentionClass[]; readonly days: number };
}

export interface IntakeListPage {
  /** Absent on the answer to a search, which opens no more names than it found. */
  readonly intakes?: readonly IntakeRow[];
  /** At sites of compensated preparers. */
  readonly hasPreparerList?: boolean;
  /** Where consents are kept past the season, or are to be. */
  readonly hasKeptConsents?: boolean;
  /** The next page of the list, if there is one. */
  readonly older?: LocalPath;
  readonly search: {
    readonly values: FormValues;
    readonly problems: readonly FormProblem[];
    /** Only where the site collects numbers. */
    readonly byTaxpayerId: boolean;
    /** Undefined before anything was searched. */
    readonly found?: readonly IntakeRow[];
  };
}

function Body({ page }: { readonly page: IntakeListPage }) {
  const t = useWords();
  return (
    <>
      <div class="tf-title-row">
        <h1>{t(WORDS.title)}</h1>
        <Link to="/intakes/new" class="usa-button">
          {t(WORDS.start)}
        </Link>
      </div>
      <SearchBox {...page.search} />
      {page.search.found !== undefined && <Found rows={page.search.found} />}
      {page.intakes === undefined ? (
        <p>
          <Link to="/intakes">{t(WORDS.all)}</Link>
        </p>
      ) : (
        <All rows={page.intakes} />
      )}
      {page.older !== undefined && (
        <p>
          <Link to={page.older}>{t(WORDS.more)}</Link>
        </p>
      )}
      {page.hasPreparerList && (
        <p>
          <Link to="/preparer-list">{t(PREPARER_LIST_WORDS.title)}</Link>
        </p>
      )}
      {page.hasKeptConsents && (
        <p>
          <Link to="/kept-consents">{t(KEPT_CONSENTS_WORDS.title)}</Link>
        </p>
      )}
    </>
  );
}

function All({ rows }: { readonly rows: readonly IntakeRow[] }) {
  const t = useWords();
  return rows.length === 0 ? <p>{t(WORDS.none)}</p> : <IntakeTable rows={rows} caption={t(WORDS.title)} />;
}

/** Focused when it loads: on a telephone it begins below the boxes of the search. */
function Found({ rows }: { readonly rows: readonly IntakeRow[] }) {
  const t = useWords();
  return (
    <section class="tf-found" role="status" tabIndex={-1} autofocus aria-labelledby="found">
      <h2 id="found">{t(rows.length === 0 ? WORDS.result : WORDS.found)}</h2>
      {rows.length === 0 ? <p>{t(WORDS.foundNone)}</p> : <IntakeTable rows={rows} caption={t(WORDS.found)} />}
    </section>
  );
}

function IntakeTable({ rows, caption }: { readonly rows: readonly IntakeRow[]; readonly caption: string }) {
  const t = useWords();
  return (
    <DataTable caption={caption} columns={[WORDS.client, WORDS.taxYear, WORDS.stage, WORDS.readableUntil]}>
      {rows.map((row) => (
        <tr key={row.path}>
          <th scope="row" data-label={t(WORDS.client)}>
            <Link to={row.path}>{row.displayName === undefined ? t(WORDS.noName) : <bdi>{row.displayName}</bdi>}</Link>
            {row.startedDay !== undefined && (
              <p class="tf-quiet">
                {t(WORDS.started)} <DayText day={row.startedDay} />
              </p>
            )}
          </th>
          <td data-label={t(WORDS.taxYear)}>{row.taxYear}</td>
          <td data-label={t(WORDS.stage)}>
            <span class={`tf-stage tf-stage--${row.stage}`}>{t(STAGE_WORDS[row.stage])}</span>
          </td>
          <td data-label={t(WORDS.readableUntil)}>
            <span>{row.readableUntil === undefined ? t(row.isPreserved ? WORDS.preserved : WORDS.allDestroyed) : <DayText day={row.readableUntil} />}</span>
            {row.soon !== undefined && <span class="tf-soon">{t(goneSoonInWords(row.soon.classes, row.soon.days))}</span>}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

export const intakeListPage: Page<IntakeListPage> = {
  title: () => WORDS.title,
  hasProblems: ({ search }) => search.problems.length > 0,
  width: 'wide',
  Body,
};
