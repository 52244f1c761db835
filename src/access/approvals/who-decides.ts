import type { RecordsTx } from '../../platform/records-tx.js';
import { Refusal } from '../../platform/refusal.js';
import { isAllowed, type Permission } from '../permissions.js';
import type { Role } from '../signed-in.js';
import type { Approval } from './approval.js';
import type { ApprovalKind } from './approval-kind.js';

/** What one member may do about a request; nothing of it is offered to anyone else. */
export const APPROVAL_STEPS = ['approve', 'decline', 'withdraw'] as const;
export type ApprovalStep = (typeof APPROVAL_STEPS)[number];

export interface Looker {
  readonly memberId: string;
  readonly role: Role;
  /** Of the account itself, wherever it works at the moment. null: of the whole organisation. */
  readonly siteId: string | null;
  readonly organisationWide: boolean;
}

/** Whether a member of that place has a say in a matter of this one: the organisation's are for the organisation's members. */
export function hasSayIn(matter: string | null, memberSite: string | null): boolean {
  return memberSite === null || memberSite === matter;
}

/** Those who asked, those who could approve, and auditors, who check. To anyone else there is no such request. */
export function maySee(who: Pick<Looker, 'memberId' | 'role' | 'organisationWide'>, approval: Approval, kind: ApprovalKind): boolean {
  return approval.requestedBy === who.memberId || isAllowed(who, kind.approve) || isAllowed(who, 'audit.read');
}

/**
 * The steps open to somebody. Approving is never for whoever asked, nor for anyone whom they invited, directly or through
 * others: that would be one person twice. A guest may still say no to their host.
 * @param isGuest whether the line of who invited whom leads from `who` up to whoever asked
 */
export function stepsOf(who: Looker, approval: Approval, kind: ApprovalKind, isGuest: boolean): readonly ApprovalStep[] {
  if (approval.requestedBy === who.memberId) return ['withdraw'];
  if (!isAllowed(who, kind.approve) || !isAllowed(who, 'approval.decide') || !hasSayIn(approval.siteId, who.siteId)) return [];
  return isGuest ? ['decline'] : ['approve', 'decline'];
}

interface Standing {
  readonly site_id: string | null;
  readonly role: Role;
  readonly status: 'active' | 'disabled';
}

/** Who they are at this moment, as the member table says, and until this transaction ends. undefined: disabled, or gone. */
export async function lockStanding(tx: RecordsTx, memberId: string): Promise<Looker | undefined> {
  const [row] = await tx.query<Standing>('SELECT * FROM standing_of($1)', [memberId]);
  return row?.status === 'active' ? { memberId, role: row.role, siteId: row.site_id, organisationWide: row.site_id === null } : undefined;
}

/** Still a member, still allowed to ask, still of the place the matter is of. */
export async function askerStands(tx: RecordsTx, { requestedBy, siteId }: Approval, ask: Permission): Promise<boolean> {
  const asker = await lockStanding(tx, requestedBy);
  return asker !== undefined && isAllowed(asker, ask) && hasSayIn(siteId, asker.siteId);
}

/** @throws Refusal FORBIDDEN, APPROVER_NOT_INDEPENDENT */
export async function checkStep(tx: RecordsTx, memberId: string, approval: Approval, kind: ApprovalKind, step: ApprovalStep): Promise<void> {
  const who = await lockStanding(tx, memberId);
  if (!who) throw new Refusal('FORBIDDEN', 'Your account has been disabled.');
  const [line] = await tx.query<{ guest: boolean }>('SELECT comes_from($1, $2) AS guest', [memberId, approval.requestedBy]);
  const steps = stepsOf(who, approval, kind, line!.guest);
  if (steps.includes(step)) return;
  const isApprover = isAllowed(who, kind.approve) && hasSayIn(approval.siteId, who.siteId);
  if (step === 'withdraw' || !isApprover) throw new Refusal('FORBIDDEN', 'This request is not yours to decide.');
  throw new Refusal('APPROVER_NOT_INDEPENDENT', 'Whoever asked, and whoever they invited, cannot decide it: it takes somebody else.');
}
