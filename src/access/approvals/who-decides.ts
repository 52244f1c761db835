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
 * others: that would be one person twice. An administrator who joined without an approval and their host are one person from
 * either side. All of them may still say no.
 * @param depends on whoever asked: `depends_on` of the database says so
 */
export function stepsOf(who: Looker, approval: Approval, kind: ApprovalKind, depends: boolean): readonly ApprovalStep[] {
  if (approval.requestedBy === who.memberId) return ['withdraw'];
  if (!isAllowed(who, kind.approve) || !isAllowed(who, 'approval.decide') || !hasSayIn(approval.siteId, who.siteId)) return [];
  return depends ? ['decline'] : ['approve', 'decline'];
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

/** The same of whoever acts. @throws Refusal FORBIDDEN when they have been disabled since they were signed in */
export async function mustStand(tx: RecordsTx, memberId: string): Promise<Looker> {
  const who = await lockStanding(tx, memberId);
  if (!who) throw new Refusal('FORBIDDEN', 'Your account has been disabled.');
  return who;
}

/** Still a member, still allowed to ask, still of the place the matter is of. */
export async function askerStands(tx: RecordsTx, { requestedBy, siteId }: Approval, ask: Permission): Promise<boolean> {
  const asker = await lockStanding(tx, requestedBy);
  return asker !== undefined && isAllowed(asker, ask) && hasSayIn(siteId, asker.siteId);
}

/** @throws Refusal FORBIDDEN, APPROVER_NOT_INDEPENDENT */
export async function checkStep(tx: RecordsTx, memberId: string, approval: Approval, kind: ApprovalKind, step: ApprovalStep): Promise<void> {
  const who = await mustStand(tx, memberId);
  const [line] = await tx.query<{ depends: boolean }>('SELECT depends_on($1, $2) AS depends', [memberId, approval.requestedBy]);
  const steps = stepsOf(who, approval, kind, line!.depends);
  if (steps.includes(step)) return;
  const isApprover = isAllowed(who, kind.approve) && hasSayIn(approval.siteId, who.siteId);
  if (step === 'withdraw' || !isApprover) throw new Refusal('FORBIDDEN', 'This request is not yours to decide.');
  throw new Refusal('APPROVER_NOT_INDEPENDENT', 'Whoever asked cannot decide it, nor whoever they invited, nor who counts as one person with them: it takes somebody else.');
}
