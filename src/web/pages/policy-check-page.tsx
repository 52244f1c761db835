import type { Day } from '../../platform/clock.js';
import type { FormValues } from '../form/form-values.js';
import { DayText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { APPROVAL_WORDS } from '../words/approval-words.js';
import { POLICY_CHANGES_WORDS, POLICY_CHECK_WORDS as WORDS, PROPOSE_POLICY_WORDS } from '../words/policy-words.js';
import { ApproveBefore, PolicyChanges, type PolicyChangesProps } from './policy-changes.js';

/** What a proposal would change, before it is made. */
export interface PolicyCheckPage extends PolicyChangesProps {
  readonly effectiveDay: Day;
  readonly reason: string;
  readonly shortens: boolean;
  /** It shortens something while a legal hold is in force: it is shown, and cannot be proposed. */
  readonly locked: boolean;
  readonly approveBefore: Date;
  /** Sent along unseen, to propose exactly what was shown. */
  readonly typed: FormValues;
}

function Body({ page }: { readonly page: PolicyCheckPage }) {
  const t = useWords();
  return (
    <>
      {page.locked && <Notice kind="error" heading={WORDS.lockedTitle} text={WORDS.locked} />}
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">
        {t(WORDS.notYet)} {!page.locked && t(WORDS.readThrough)}
      </p>
      <dl class="tf-answers">
        <div>
          <dt>{t(PROPOSE_POLICY_WORDS.effectiveDay)}</dt>
          <dd>
            <DayText day={page.effectiveDay} />
          </dd>
        </div>
        <div>
          <dt>{t(APPROVAL_WORDS.reason)}</dt>
          <dd>
            <bdi>{page.reason}</bdi>
          </dd>
        </div>
      </dl>
      <PolicyChanges basis={page.basis} periods={page.periods} />
      <Notice kind={page.shortens ? 'warning' : 'info'}>
        <p class="usa-alert__text">
          {t(POLICY_CHANGES_WORDS[page.shortens ? 'someShorter' : 'noneShorter'])} {!page.locked && <ApproveBefore moment={page.approveBefore} />}
        </p>
      </Notice>
      {!page.locked && <Propose {...page} />}
      <PostForm action="/policy/propose" hidden={{ ...page.typed, change: 'yes' }} label={t(WORDS.change)}>
        <button type="submit" class="usa-button usa-button--outline">
          {t(WORDS.change)}
        </button>
      </PostForm>
      <p>
        <Link to="/policy">{t(PROPOSE_POLICY_WORDS.cancel)}</Link>
      </p>
    </>
  );
}

function Propose({ typed, shortens }: Pick<PolicyCheckPage, 'typed' | 'shortens'>) {
  const t = useWords();
  const steps = [WORDS.two, WORDS.atOnce, ...(shortens ? [WORDS.takenBack] : []), WORDS.logged];
  return (
    <section aria-labelledby="happens">
      <h2 id="happens">{t(WORDS.happens)}</h2>
      <ul class="usa-list">
        {steps.map((step) => (
          <li key={step.en}>{t(step)}</li>
        ))}
      </ul>
      <PostForm action="/policy/proposals" hidden={typed} label={t(WORDS.propose)}>
        <button type="submit" class="usa-button">
          {t(WORDS.propose)}
        </button>
      </PostForm>
    </section>
  );
}

export const policyCheckPage: Page<PolicyCheckPage> = { title: () => WORDS.title, hasProblems: ({ locked }) => locked, width: 'form', Body };
