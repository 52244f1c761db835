import type { AdministratorNotice } from '../../access/approvals/pending-approvals.js';
import { ADMINISTRATOR_NOTICE_WORDS as WORDS } from '../words/approval-words.js';
import { MomentText } from './dates.js';
import { Link } from './link.js';
import { useShell, useWords } from './shell.js';

/** On every page, to every member, until it is decided: nobody becomes an administrator unseen. */
export function AdministratorNotices() {
  const { pending } = useShell();
  if (pending === undefined) return null;
  return (
    <>
      {pending.administrators.map((notice) => (
        <Notice key={notice.approvalId} {...notice} />
      ))}
    </>
  );
}

function Notice({ approvalId, name, invitedBy, organisationWide, opensAt }: AdministratorNotice) {
  const t = useWords();
  const { member } = useShell();
  return (
    <div class="usa-alert usa-alert--warning usa-alert--slim tf-coming">
      <div class="usa-alert__body">
        <p class="usa-alert__text">
          <strong>
            <bdi>{name}</bdi>
          </strong>{' '}
          {t(organisationWide ? WORDS.ofOrganisation : WORDS.ofSite)} <bdi>{invitedBy}</bdi>. {t(WORDS.from)} <MomentText at={opensAt} />.{' '}
          {t(WORDS.doubt)} {member?.role !== 'preparer' && <Link to={`/approvals/${approvalId}`}>{t(WORDS.look)}</Link>}
        </p>
      </div>
    </div>
  );
}
