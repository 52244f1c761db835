import { ErrorSummary } from '../form/error-summary.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { PlainField } from '../form/plain-field.js';
import type { PeriodField } from '../form/policy-periods.js';
import { ReasonField } from '../form/reason-field.js';
import type { Day } from '../../platform/clock.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { placeInWords } from '../words/period-words.js';
import { daysInWords, PROPOSE_POLICY_WORDS as WORDS } from '../words/policy-words.js';
import { PolicyVersionText, type PolicyVersion } from './policy-changes.js';
import { PeriodsOfClasses, PeriodsWithLimits, type ClassPeriods } from './policy-period-fields.js';

export interface ProposePolicyPage {
  /** Another proposal, which has to be decided before there can be one. Then there is no form. */
  readonly waiting?: LocalPath;
  readonly basis: PolicyVersion;
  readonly classes: readonly ClassPeriods[];
  /** Of compensated preparers' lists. */
  readonly list: readonly PeriodField[];
  readonly log: readonly PeriodField[];
  /** The first day where something gets shorter and where nothing does, and the last. */
  readonly days: { readonly shorter: Day; readonly longer: Day; readonly last: Day };
  /** A legal hold is in force. */
  readonly locked: boolean;
  /** The rules have changed since the form was opened. */
  readonly stale: boolean;
  readonly typed: FormValues;
  readonly problems: readonly FormProblem[];
}

function Body({ page }: { readonly page: ProposePolicyPage }) {
  const t = useWords();
  return (
    <>
      <ErrorSummary problems={page.problems} labelOf={(path) => labelOf(page, t, path)} />
      <h1>{t(WORDS.title)}</h1>
      {page.waiting === undefined ? <Proposal page={page} /> : <Waiting waiting={page.waiting} />}
      <p>
        <Link to="/policy">{t(WORDS.cancel)}</Link>
      </p>
    </>
  );
}

function Waiting({ waiting }: { readonly waiting: LocalPath }) {
  const t = useWords();
  return (
    <Notice kind="info">
      <p class="usa-alert__text">
        {t(WORDS.waiting)} <Link to={waiting}>{t(WORDS.seeWaiting)}</Link>
      </p>
    </Notice>
  );
}

function Proposal({ page }: { readonly page: ProposePolicyPage }) {
  const t = useWords();
  const { typed, problems, basis, days } = page;
  return (
    <>
      <p class="tf-intro">{t(WORDS.intro)}</p>
      {page.stale && <Notice kind="error" text={WORDS.stale} />}
      {page.locked && <Notice kind="warning" text={WORDS.locked} />}
      <p>
        {t(WORDS.basis)} <PolicyVersionText {...basis} />.
      </p>
      <PostForm action="/policy/propose" hidden={{ after: String(basis.version) }}>
        <h2>{t(WORDS.periods)}</h2>
        <PeriodsOfClasses classes={page.classes} typed={typed} problems={problems} />
        <h2>{t(CLASS_WORDS.preparer_list)}</h2>
        <p>{t(WORDS.listExplain)}</p>
        <PeriodsWithLimits fields={page.list} typed={typed} problems={problems} />
        <h2>{t(WORDS.log)}</h2>
        <PeriodsWithLimits fields={page.log} typed={typed} problems={problems} />
        <h2>{t(WORDS.whenAndWhy)}</h2>
        <PlainField
          name="effectiveDay"
          type="date"
          label={WORDS.effectiveDay}
          hint={daysInWords(days.longer, days.shorter, days.last)}
          value={typed['effectiveDay']}
          problems={problems}
        />
        <ReasonField label={WORDS.reason} hint={WORDS.reasonHint} value={typed['reason'] ?? ''} problems={problems} />
        <button type="submit" class="usa-button">
          {t(WORDS.submit)}
        </button>
      </PostForm>
    </>
  );
}

function labelOf({ classes, list, log }: ProposePolicyPage, t: ReturnType<typeof useWords>, path: string): string | undefined {
  const field = [...classes.flatMap(({ fields }) => fields), ...list, ...log].find(({ name }) => name === path);
  if (field) return t(placeInWords(field));
  return path === 'effectiveDay' || path === 'reason' ? t(WORDS[path]) : undefined;
}

export const proposePolicyPage: Page<ProposePolicyPage> = {
  title: () => WORDS.title,
  hasProblems: ({ problems, stale }) => problems.length > 0 || stale,
  width: 'form',
  Body,
};
