import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import type { RunState } from '../../retention/purge-run.js';
import type { OperatorWarning } from '../../retention/warnings/operator-warning.js';
import { ErrorSummary } from '../form/error-summary.js';
import type { FormProblem } from '../form/form-values.js';
import { PlainField } from '../form/plain-field.js';
import { DataTable } from '../shell/data-table.js';
import { DayText, MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { CERTIFICATE_WORDS } from '../words/certificate-words.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { numberInWords } from '../words/dates-in-words.js';
import { PREVIEW_WORDS } from '../words/preview-words.js';
import { RUN_WORDS as WORDS } from '../words/retention-words.js';
import { WarningList } from './warning-list.js';

export interface RunsPage {
  readonly asOf: Day;
  /** How many sections of each class are due, and of those how many a hold keeps. Classes with none may be left out. */
  readonly due: readonly { readonly class: RetentionClass; readonly due: number; readonly held: number }[];
  /** Administrators only. */
  readonly mayRun: boolean;
  /** Administrators and auditors. */
  readonly mayForesee: boolean;
  /** Whoever starts a run types today's date first. */
  readonly dateInDoubt: boolean;
  readonly problems: readonly FormProblem[];
  /** For administrators and auditors. */
  readonly warnings: readonly OperatorWarning[];
  readonly runs: readonly PastRun[];
}

interface PastRun {
  readonly path: LocalPath;
  readonly startedAt: Date;
  readonly state: RunState;
  /** That it destroyed; undefined until that is certified. */
  readonly keys: number | undefined;
  readonly certificate?: LocalPath;
}

function Body({ page }: { readonly page: RunsPage }) {
  const t = useWords();
  return (
    <>
      <ErrorSummary problems={page.problems} saves={false} labelOf={() => t(WORDS.confirmToday)} />
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.intro)}</p>
      {page.dateInDoubt && <Notice kind="warning" text={WORDS.dateDoubt} />}
      <WarningList warnings={page.warnings} />
      <section aria-labelledby="due">
        <h2 id="due">
          {t(WORDS.due)} <DayText day={page.asOf} />
        </h2>
        {page.due.length === 0 ? <p>{t(WORDS.nothingDue)}</p> : <Due due={page.due} />}
        {page.mayForesee && (
          <p>
            <Link to="/retention/preview">{t(PREVIEW_WORDS.link)}</Link>
          </p>
        )}
        {page.mayRun && <Start {...page} />}
      </section>
      <section aria-labelledby="runs">
        <h2 id="runs">{t(WORDS.past)}</h2>
        {page.runs.length === 0 ? <p>{t(WORDS.noRuns)}</p> : <Runs runs={page.runs} />}
      </section>
    </>
  );
}

function Start({ dateInDoubt, problems }: Pick<RunsPage, 'dateInDoubt' | 'problems'>) {
  const t = useWords();
  return (
    <PostForm action="/runs">
      {dateInDoubt && (
        <PlainField name="confirmToday" type="date" label={WORDS.confirmToday} hint={WORDS.confirmHint} problems={problems} />
      )}
      <button type="submit" class="usa-button">
        {t(dateInDoubt ? WORDS.confirmAndRun : WORDS.runNow)}
      </button>
    </PostForm>
  );
}

function Due({ due }: Pick<RunsPage, 'due'>) {
  const t = useWords();
  const { language } = useShell();
  return (
    <>
      <p>{t(WORDS.counted)}</p>
      <DataTable stacks={false} columns={[WORDS.class]} numbers={[WORDS.destroys, WORDS.keeps]}>
        {due.map((row) => (
          <tr key={row.class}>
            <th scope="row">{t(CLASS_WORDS[row.class])}</th>
            <td class="tf-number">{numberInWords(row.due - row.held, language)}</td>
            <td class="tf-number">{numberInWords(row.held, language)}</td>
          </tr>
        ))}
      </DataTable>
    </>
  );
}

function Runs({ runs }: Pick<RunsPage, 'runs'>) {
  const t = useWords();
  const { language } = useShell();
  return (
    <DataTable columns={[WORDS.started, WORDS.state, CERTIFICATE_WORDS.keys, WORDS.certificate]}>
      {runs.map(({ path, startedAt, state, keys, certificate }) => (
        <tr key={path}>
          <th scope="row" data-label={t(WORDS.started)}>
            <Link to={path}>
              <MomentText at={startedAt} />
            </Link>
          </th>
          <td data-label={t(WORDS.state)}>{t(WORDS[state])}</td>
          <td data-label={t(CERTIFICATE_WORDS.keys)}>{keys === undefined ? '–' : numberInWords(keys, language)}</td>
          <td data-label={t(WORDS.certificate)}>{certificate === undefined ? '–' : <Link to={certificate}>{t(WORDS.open)}</Link>}</td>
        </tr>
      ))}
    </DataTable>
  );
}

export const runsPage: Page<RunsPage> = {
  title: () => WORDS.title,
  hasProblems: ({ problems }) => problems.length > 0,
  width: 'wide',
  Body,
};
