import type { Role } from '../../access/signed-in.js';
import { ErrorSummary } from '../form/error-summary.js';
import { DataTable } from '../shell/data-table.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { Notice } from '../shell/notice.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { REASON_WORDS } from '../words/approval-words.js';
import { MEMBERS_WORDS as WORDS, SIGN_IN_WORDS } from '../words/member-words.js';
import { ROLE_WORDS } from '../words/shell-words.js';
import { InviteForm, type InviteFormProps } from './invite-form.js';

export type MemberState = 'invited' | 'waiting' | 'holdsKey' | 'active' | 'disabled';

export interface MemberRow {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly organisationWide: boolean;
  readonly state: MemberState;
  /** Who let them in; undefined for the first preparer of the site. Only for those who hold the key. */
  readonly admittedBy?: string;
  /** How an administrator whom another one invited came to be one. */
  readonly approvedBy?: string;
  readonly joinedAfterNotice?: boolean;
  /** Present only if who looks may do it. */
  readonly admit?: LocalPath;
  readonly disable?: LocalPath;
  /** Of an invitation. */
  readonly withdraw?: LocalPath;
}

export interface MembersPage {
  readonly members: readonly MemberRow[];
  /** For those who may invite a second one: with this one's password everything would be lost. */
  readonly hasOneHolder?: boolean;
  /** Present only for those who may invite; holds what was typed. */
  readonly invitation?: InviteFormProps;
}

function Body({ page }: { readonly page: MembersPage }) {
  const t = useWords();
  const labels: Readonly<Record<string, string>> = {
    name: t(WORDS.name),
    email: t(SIGN_IN_WORDS.email),
    role: t(WORDS.roleQuestion),
    organisationWide: t(WORDS.organisationWideQuestion),
    reason: t(REASON_WORDS.label),
  };
  const hasActions = page.members.some(mayBeActedOn);
  return (
    <>
      <ErrorSummary problems={page.invitation?.problems ?? []} labelOf={(path) => labels[path]} />
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.holders)}</p>
      {page.hasOneHolder && <Notice kind="warning" heading={WORDS.oneHolder} text={WORDS.oneHolderAct} />}
      <DataTable columns={[WORDS.name, WORDS.role, WORDS.state, hasActions && WORDS.actions]}>
        {page.members.map((member) => (
          <Row key={member.email} member={member} hasActions={hasActions} />
        ))}
      </DataTable>
      {page.invitation !== undefined && <InviteForm {...page.invitation} />}
    </>
  );
}

function mayBeActedOn({ admit, disable, withdraw }: MemberRow): boolean {
  return [admit, disable, withdraw].some((action) => action !== undefined);
}

function Row({ member, hasActions }: { readonly member: MemberRow; readonly hasActions: boolean }) {
  const t = useWords();
  return (
    <tr>
      <th scope="row" data-label={t(WORDS.name)}>
        <bdi>{member.name}</bdi>
        <br />
        <bdi class="tf-quiet">{member.email}</bdi>
      </th>
      <td data-label={t(WORDS.role)}>
        {t(ROLE_WORDS[member.role])}
        {member.organisationWide && <p class="tf-quiet">{t(WORDS.organisationWide)}</p>}
      </td>
      <td data-label={t(WORDS.state)}>
        <span class={`tf-state tf-state--${member.state}`}>{t(WORDS[member.state])}</span>
        {member.state === 'holdsKey' && <AdmittedBy name={member.admittedBy} />}
        {member.approvedBy !== undefined && (
          <p class="tf-quiet">
            {t(WORDS.approvedBy)} <bdi>{member.approvedBy}</bdi>
          </p>
        )}
        {member.joinedAfterNotice === true && <p class="tf-quiet">{t(WORDS.joinedAfterNotice)}</p>}
      </td>
      {hasActions && (
        <td data-label={t(WORDS.actions)}>
          <Action to={member.admit} label={t(WORDS.admit)} name={member.name} />
          <Action to={member.disable} label={t(WORDS.disable)} name={member.name} />
          <Action to={member.withdraw} label={t(WORDS.withdraw)} name={member.name} />
        </td>
      )}
    </tr>
  );
}

function AdmittedBy({ name }: { readonly name: string | undefined }) {
  const t = useWords();
  return (
    <p class="tf-quiet">
      {name === undefined ? (
        t(WORDS.firstHolder)
      ) : (
        <>
          {t(WORDS.admittedBy)} <bdi>{name}</bdi>
        </>
      )}
    </p>
  );
}

/** The name is said with the action, so that a list of links read alone makes sense (WCAG 2.4.4). */
function Action({ to, label, name }: { readonly to: LocalPath | undefined; readonly label: string; readonly name: string }) {
  if (to === undefined) return null;
  return (
    <Link to={to} class="usa-link tf-action">
      {label}
      <bdi class="usa-sr-only"> {name}</bdi>
    </Link>
  );
}

export const membersPage: Page<MembersPage> = {
  title: () => WORDS.title,
  hasProblems: ({ invitation }) => (invitation?.problems.length ?? 0) > 0,
  width: 'wide',
  Body,
};
