import type { ListedApproval } from '../../access/approvals/list-approvals.js';
import type { PublicationObstacle } from '../../retention/policies/publication-obstacle.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { Notice } from '../shell/notice.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { APPROVAL_KIND_WORDS, APPROVAL_WORDS as WORDS, STEP_WORDS } from '../words/approval-words.js';
import { OBSTACLE_WORDS, POLICY_CHANGES_WORDS as CHANGES_WORDS } from '../words/policy-words.js';
import { ApprovalFacts } from './approval-facts.js';
import { ApproveBefore, PolicyChanges, type PolicyChangesProps } from './policy-changes.js';

/** What a proposed policy changes, and what stands in the way of its approval as things are. */
export interface ProposedChange extends PolicyChangesProps {
  readonly shortens: boolean;
  readonly obstacle?: PublicationObstacle;
  /** While it can be approved, or could if no hold were in force. */
  readonly approveBefore?: Date;
}

export interface ApprovalPage {
  readonly approval: ListedApproval;
  readonly policy?: ProposedChange | undefined;
  /** Where the decision is sent. */
  readonly action: LocalPath;
}

const LOOK = { approve: 'usa-button', decline: 'usa-button usa-button--outline', withdraw: 'usa-button usa-button--outline' } as const;

function Body({ page: { approval, policy, action } }: { readonly page: ApprovalPage }) {
  const t = useWords();
  const { title, effect } = APPROVAL_KIND_WORDS[approval.kind];
  return (
    <>
      <h1>{t(title)}</h1>
      <ApprovalFacts approval={approval} />
      {policy && <Change {...policy} />}
      {approval.state === 'open' && policy?.obstacle === undefined && (
        <section aria-labelledby="effect">
          <h2 id="effect">{t(WORDS.happens)}</h2>
          <p>{t(effect)}</p>
        </section>
      )}
      {approval.may.length > 0 && <Decision approval={approval} policy={policy} action={action} />}
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

function Change({ obstacle, shortens, approveBefore, ...changes }: ProposedChange) {
  const t = useWords();
  return (
    <>
      <PolicyChanges {...changes} />
      {obstacle === undefined ? <p>{t(CHANGES_WORDS[shortens ? 'someShorter' : 'noneShorter'])}</p> : <Notice kind="warning" text={OBSTACLE_WORDS[obstacle]} />}
      {approveBefore && (
        <p>
          <ApproveBefore moment={approveBefore} />
        </p>
      )}
    </>
  );
}

/** One form, a button for each step: what is pressed is what is sent. */
function Decision({ approval, policy, action }: ApprovalPage) {
  const t = useWords();
  const may = approval.may.filter((step) => step !== 'approve' || policy?.obstacle === undefined);
  return (
    <>
      {may.includes('approve') && <Notice kind="info" text={WORDS.doubt} />}
      {may.includes('decline') && !approval.may.includes('approve') && <p>{t(WORDS.guest)}</p>}
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
