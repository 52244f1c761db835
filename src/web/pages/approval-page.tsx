import type { ComponentChildren } from 'preact';
import type { ListedApproval } from '../../access/approvals/list-approvals.js';
import { MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { APPROVAL_KIND_WORDS, APPROVAL_STATE_WORDS, APPROVAL_WORDS as WORDS, APPROVALS_WORDS, FACT_WORDS, STEP_WORDS } from '../words/approval-words.js';

export interface ApprovalPage {
  readonly approval: ListedApproval;
  /** Where the decision is sent. */
  readonly action: LocalPath;
}

const LOOK = { approve: 'usa-button', decline: 'usa-button usa-button--outline', withdraw: 'usa-button usa-button--outline' } as const;

function Body({ page: { approval, action } }: { readonly page: ApprovalPage }) {
  const t = useWords();
  const { title, effect } = APPROVAL_KIND_WORDS[approval.kind];
  return (
    <>
      <h1>{t(title)}</h1>
      <Facts approval={approval} />
      {approval.state === 'open' && (
        <section aria-labelledby="effect">
          <h2 id="effect">{t(WORDS.happens)}</h2>
          <p>{t(effect)}</p>
        </section>
      )}
      {approval.may.length > 0 && <Decision approval={approval} action={action} />}
      {approval.kind === 'intake.erasure' && approval.state === 'approved' && (
        <p>
          <Link to={`/intakes/${approval.about.intake!}/erasure/receipt`}>{t(WORDS.receipt)}</Link>
        </p>
      )}
      <p>
        <Link to="/approvals">{t(WORDS.back)}</Link>
      </p>
    </>
  );
}

function Facts({ approval }: Pick<ApprovalPage, 'approval'>) {
  const t = useWords();
  const { about, decidedBy, decidedAt } = approval;
  return (
    <dl class="tf-answers">
      {(['name', 'email', 'matter'] as const).map(
        (fact) =>
          about[fact] !== undefined && (
            <Fact key={fact} label={t(FACT_WORDS[fact])}>
              <bdi>{about[fact]}</bdi>
            </Fact>
          ),
      )}
      {about.intake !== undefined && (
        <Fact label={t(FACT_WORDS.intake)}>
          <code class="tf-break">{about.intake}</code>
        </Fact>
      )}
      {about.hold !== undefined && (
        <Fact label={t(FACT_WORDS.hold)}>
          <Link to={`/holds/${about.hold}`} class="usa-link tf-break">
            {about.hold}
          </Link>
        </Fact>
      )}
      {about.taxYear !== undefined && <Fact label={t(FACT_WORDS.taxYear)}>{about.taxYear}</Fact>}
      <Fact label={t(WORDS.scope)}>{t(approval.organisationWide ? WORDS.everySite : WORDS.thisSite)}</Fact>
      <Fact label={t(APPROVALS_WORDS.askedBy)}>
        <bdi>{approval.requestedBy.name}</bdi>
      </Fact>
      <Fact label={t(APPROVALS_WORDS.askedAt)}>
        <MomentText at={approval.requestedAt} />
      </Fact>
      <Fact label={t(WORDS.reason)}>
        <bdi>{approval.reason}</bdi>
      </Fact>
      <Fact label={t(APPROVALS_WORDS.state)}>{t(APPROVAL_STATE_WORDS[approval.state])}</Fact>
      {approval.state === 'open' && (
        <Fact label={t(WORDS.lapses)}>
          <MomentText at={approval.expiresAt} />
        </Fact>
      )}
      {decidedBy !== undefined && (
        <Fact label={t(WORDS.decidedBy)}>
          <bdi>{decidedBy.name}</bdi>
        </Fact>
      )}
      {decidedAt !== undefined && (
        <Fact label={t(WORDS.decidedAt)}>
          <MomentText at={decidedAt} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** One form, a button for each step: what is pressed is what is sent. */
function Decision({ approval: { may }, action }: ApprovalPage) {
  const t = useWords();
  return (
    <>
      {may.includes('approve') && <Notice kind="info" text={WORDS.doubt} />}
      {may.includes('decline') && !may.includes('approve') && <p>{t(WORDS.guest)}</p>}
      {may.includes('withdraw') && <p>{t(WORDS.own)}</p>}
      <PostForm action={action} class="tf-form tf-buttons">
        {may.map((step) => (
          <button key={step} type="submit" name="step" value={step} class={LOOK[step]}>
            {t(STEP_WORDS[step])}
          </button>
        ))}
      </PostForm>
    </>
  );
}

export const approvalPage: Page<ApprovalPage> = { title: ({ approval }) => APPROVAL_KIND_WORDS[approval.kind].title, width: 'form', Body };
