import type { ListedMember } from '../../access/list-members.js';
import { isAllowed } from '../../access/permissions.js';
import type { SiteMember } from '../../access/signed-in.js';
import type { InviteFormProps } from '../pages/invite-form.js';
import type { MemberRow, MembersPage, MemberState } from '../pages/members-page.js';

export const NO_INVITATION: InviteFormProps = { name: '', email: '', role: '', reason: '', problems: [] };

/** Can read the site's answers, and admit others. */
export function isActiveHolder({ status, holdsKey }: ListedMember): boolean {
  return status === 'active' && holdsKey;
}

/** Whose leaving, or whose forgotten password, would leave nobody who can open anything. */
export function hasOneHolder(members: readonly ListedMember[]): boolean {
  return members.filter(isActiveHolder).length === 1;
}

/** What is offered is what the one who looks may do: the services behind it refuse the rest all the same. */
export function membersPageObject(who: SiteMember, members: readonly ListedMember[], invitation = NO_INVITATION): MembersPage {
  const mayAdmit = members.some((member) => member.id === who.memberId && isActiveHolder(member));
  return {
    members: members.map((member) => rowOf(who, member, mayAdmit)),
    ...(isAllowed(who, 'member.invite') ? { hasOneHolder: hasOneHolder(members), invitation: invitationOf(who, invitation) } : {}),
  };
}

function invitationOf(who: SiteMember, { organisationWide = false, ...invitation }: InviteFormProps): InviteFormProps {
  return { ...invitation, ...(who.organisationWide ? { organisationWide } : {}) };
}

function rowOf(who: SiteMember, member: ListedMember, mayAdmit: boolean): MemberRow {
  const { id, name, email, role, organisationWide, status, admittedBy } = member;
  const isMember = status === 'active' || status === 'waiting';
  const isOurs = !organisationWide || who.organisationWide;
  const mayDisable = isAllowed(who, 'member.disable') && isMember && id !== who.memberId && isOurs;
  const mayWithdraw = isAllowed(who, 'member.invite') && status === 'invited' && isOurs;
  return {
    name,
    email,
    role,
    organisationWide,
    state: stateOf(member),
    // Whoever made the key is down as having admitted themselves.
    ...(admittedBy && admittedBy.id !== id ? { admittedBy: admittedBy.name } : {}),
    ...(member.approvedBy ? { approvedBy: member.approvedBy.name } : {}),
    ...(member.joinedAfterNotice ? { joinedAfterNotice: true } : {}),
    ...(mayAdmit && status === 'waiting' ? { admit: `/members/${id}/admit` } : {}),
    ...(mayDisable ? { disable: `/members/${id}/disable` } : {}),
    ...(mayWithdraw ? { withdraw: `/members/invitations/${id}/withdraw` } : {}),
  };
}

function stateOf(member: ListedMember): MemberState {
  return isActiveHolder(member) ? 'holdsKey' : member.status;
}
