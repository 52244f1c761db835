import type { Day } from '../../platform/clock.js';
import type { ForeseenClass } from '../../retention/foresee.js';
import { ErrorSummary } from '../form/error-summary.js';
import type { FormProblem } from '../form/form-values.js';
import { PlainField } from '../form/plain-field.js';
import { DataTable } from '../shell/data-table.js';
import { DayText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import { Notice } from '../shell/notice.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { numberInWords } from '../words/dates-in-words.js';
import { foreseenInWords, PREVIEW_WORDS as WORDS, type Foreseen } from '../words/preview-words.js';
import { PROPOSE_POLICY_WORDS } from '../words/policy-words.js';
import { PROGRESS_WORDS, RUN_WORDS } from '../words/retention-words.js';
import { LivingOverTime, type LivingOverTimeProps } from './living-over-time.js';
import { PreviewCalendar, type CalendarRow } from './preview-calendar.js';
import { PreviewIntakes, type PreviewIntakesProps } from './preview-intakes.js';

export interface PreviewPage {
  readonly siteName: string;
  readonly policyVersion: number;
  /** Whoever looks may propose other periods. */
  readonly mayPropose: boolean;
  readonly foreseen: Foreseen;
  readonly dateInDoubt: boolean;
  /** As typed into the day chooser. */
  readonly typed: string;
  readonly problems: readonly FormProblem[];
  readonly classes: readonly (ForeseenClass & { readonly asked: boolean })[];
  readonly intakes: PreviewIntakesProps;
  readonly calendar: readonly CalendarRow[];
  readonly overTime: LivingOverTimeProps;
}

function Body({ page }: { readonly page: PreviewPage }) {
  const t = useWords();
  const { asOf } = page.foreseen;
  return (
    <>
      <ErrorSummary problems={page.problems} saves={false} labelOf={() => t(WORDS.day)} />
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">
        <strong>{t(foreseenInWords(page.foreseen))}</strong>
      </p>
      {page.dateInDoubt && <Notice kind="warning" text={RUN_WORDS.dateDoubt} />}
      <p>{t(WORDS.intro)}</p>
      <p>
        {t(WORDS.ofSite)} <bdi>{page.siteName}</bdi>. {t(WORDS.rules)} {page.policyVersion}. <Link to="/runs">{t(PROGRESS_WORDS.back)}</Link>
        {page.mayPropose && (
          <>
            {' '}
            <Link to="/policy/propose">{t(PROPOSE_POLICY_WORDS.link)}</Link>
          </>
        )}
      </p>
      <form class="tf-filter" method="get" action="/retention/preview" aria-label={t(WORDS.chooseDay)}>
        <PlainField name="asOf" type="date" label={WORDS.day} value={page.typed} problems={page.problems} />
        <button type="submit" class="usa-button usa-button--outline">
          {t(WORDS.show)}
        </button>
      </form>
      <section aria-labelledby="classes">
        <h2 id="classes">
          {t(WORDS.byClass)} <DayText day={asOf} />
        </h2>
        <Classes rows={page.classes} asOf={asOf} />
        {page.classes.some(({ asked }) => !asked) && <p class="tf-quiet">{t(WORDS.notAskedExplain)}</p>}
      </section>
      <PreviewIntakes {...page.intakes} />
      <PreviewCalendar rows={page.calendar} />
      <LivingOverTime {...page.overTime} />
    </>
  );
}

function Classes({ rows, asOf }: { readonly rows: PreviewPage['classes']; readonly asOf: Day }) {
  const t = useWords();
  const { language } = useShell();
  const number = (label: (typeof WORDS)['goes' | 'held' | 'stays'], value: number) => (
    <td class="tf-number" data-label={t(label)}>
      <span>{numberInWords(value, language)}</span>
    </td>
  );
  return (
    <DataTable
      caption={
        <>
          {t(WORDS.byClass)} <DayText day={asOf} />
        </>
      }
      columns={[WORDS.what]}
      numbers={[WORDS.goes, WORDS.held, WORDS.stays]}
    >
      {rows.map((row) => (
        <tr key={row.class}>
          <th scope="row" data-label={t(WORDS.what)}>
            {t(CLASS_WORDS[row.class])}
            {!row.asked && <span class="tf-quiet"> ({t(WORDS.notAsked)})</span>}
          </th>
          {number(WORDS.goes, row.destroyed)}
          {number(WORDS.held, row.held)}
          {number(WORDS.stays, row.kept)}
        </tr>
      ))}
    </DataTable>
  );
}

export const previewPage: Page<PreviewPage> = {
  title: () => WORDS.title,
  hasProblems: ({ problems }) => problems.length > 0,
  width: 'wide',
  Body,
};
