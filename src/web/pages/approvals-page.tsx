import type { ApprovalKindName, ApprovalState } from '../../access/approvals/approval.js';
import { DataTable } from '../shell/data-table.js';
import { MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { Notice } from '../shell/notice.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { APPROVAL_KIND_WORDS, APPROVAL_STATE_WORDS, APPROVALS_WORDS as WORDS } from '../words/approval-words.js';
import { RESTORED_WORDS } from '../words/restored-words.js';

export interface ApprovalsPage {
  /** Restored records that wait for their release, which is asked for and decided on a page of its own. */
  readonly restored?: 'waiting' | 'asked';
  readonly approvals: readonly {
    readonly path: LocalPath;
    readonly kind: ApprovalKindName;
    /** Whom it is about, or the number of the intake. */
    readonly name?: string;
    readonly askedBy: string;
    readonly askedAt: Date;
    readonly state: ApprovalState;
  }[];
}

function Body({ page: { approvals, restored } }: { readonly page: ApprovalsPage }) {
  const t = useWords();
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.intro)}</p>
      {restored && <Restored asked={restored === 'asked'} />}
      {approvals.length > 0 && <Approvals approvals={approvals} />}
      {approvals.length === 0 && !restored && <p>{t(WORDS.none)}</p>}
    </>
  );
}

function Restored({ asked }: { readonly asked: boolean }) {
  const t = useWords();
  return (
    <Notice kind="warning">
      <p class="usa-alert__text">
        {t(asked ? WORDS.restoredAsked : WORDS.restored)} <Link to="/restored">{t(RESTORED_WORDS.title)}</Link>
      </p>
    </Notice>
  );
}

function Approvals({ approvals }: Pick<ApprovalsPage, 'approvals'>) {
  const t = useWords();
  return (
    <DataTable columns={[WORDS.what, WORDS.askedBy, WORDS.askedAt, WORDS.state]}>
      {approvals.map(({ path, kind, name, askedBy, askedAt, state }) => (
        <tr key={path}>
          <th scope="row" data-label={t(WORDS.what)}>
            <Link to={path}>
              {t(APPROVAL_KIND_WORDS[kind].title)}
              {name !== undefined && (
                <>
                  : <bdi>{name}</bdi>
                </>
              )}
            </Link>
          </th>
          <td data-label={t(WORDS.askedBy)}>
            <bdi>{askedBy}</bdi>
          </td>
          <td data-label={t(WORDS.askedAt)}>
            <MomentText at={askedAt} />
          </td>
          <td data-label={t(WORDS.state)}>
            <span class={state === 'open' ? 'tf-state tf-state--waiting' : 'tf-state'}>{t(APPROVAL_STATE_WORDS[state])}</span>
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

export const approvalsPage: Page<ApprovalsPage> = { title: () => WORDS.title, width: 'wide', Body };
