import type { ListedApproval } from '../../access/approvals/list-approvals.js';
import { Fact } from '../shell/fact.js';
import { DayText, MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import { useWords } from '../shell/shell.js';
import { APPROVAL_STATE_WORDS, APPROVAL_WORDS as WORDS, APPROVALS_WORDS, FACT_WORDS } from '../words/approval-words.js';

/** What is asked for, by whom and why, and what became of it. */
export function ApprovalFacts({ approval }: { readonly approval: ListedApproval }) {
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
      {about.effectiveDay !== undefined && (
        <Fact label={t(FACT_WORDS.effectiveDay)}>
          <DayText day={about.effectiveDay} />
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
      {about.takenBackAt !== undefined && (
        <Fact label={t(FACT_WORDS.takenBackAt)}>
          <MomentText at={about.takenBackAt} />
        </Fact>
      )}
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
