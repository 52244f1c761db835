import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { ownSite } from '../in-site-of.js';
import type { SiteMember } from '../signed-in.js';
import { opensAt } from './administrator-invited.js';
import { APPROVAL_COLUMNS, type Approval } from './approval.js';
import { ApprovalKinds } from './approval-kinds.js';
import { stepsOf } from './who-decides.js';

/** Somebody is about to become an administrator. Every member is told, whatever their role. */
export interface AdministratorNotice {
  readonly approvalId: string;
  readonly name: string;
  readonly invitedBy: string;
  readonly organisationWide: boolean;
  /** From then on they can join although nobody has approved. */
  readonly opensAt: Date;
}

export interface PendingApprovals {
  readonly administrators: readonly AdministratorNotice[];
  /** How many requests wait for the one who looks. */
  readonly toApprove: number;
}

interface Row extends Approval {
  readonly depends: boolean;
  readonly asker: string;
  readonly invited: string | null;
}

/** What stands around every page: what is coming, and what waits for a decision. One statement, since every page asks. */
@Injectable()
export class ReadPendingApprovals {
  constructor(
    private readonly kinds: ApprovalKinds,
    private readonly clock: Clock,
  ) {}

  /** @param tx at the site where the member works */
  async run(tx: RecordsTx, who: SiteMember): Promise<PendingApprovals> {
    const rows = await tx.query<Row>(
      `SELECT ${APPROVAL_COLUMNS}, depends_on($1, a.requested_by) AS depends,
         r.name AS asker, i.name AS invited
       FROM approval a JOIN member r ON r.id = a.requested_by AND r.status = 'active' LEFT JOIN invitation i ON i.approval_id = a.id
       WHERE a.state = 'open' AND a.expires_at > $2
       ORDER BY a.requested_at, a.id`,
      [who.memberId, this.clock.now()],
    );
    return { administrators: rows.flatMap(noticeOf), toApprove: rows.filter((row) => this.waitsFor(who, row)).length };
  }

  private waitsFor(who: SiteMember, row: Row): boolean {
    const { memberId, role, organisationWide } = who;
    return stepsOf({ memberId, role, organisationWide, siteId: ownSite(who) }, row, this.kinds.of(row.kind), row.depends).includes('approve');
  }
}

function noticeOf(row: Row): readonly AdministratorNotice[] {
  if (row.kind !== 'administrator.invited' || row.invited === null) return [];
  const { id: approvalId, invited: name, asker: invitedBy } = row;
  return [{ approvalId, name, invitedBy, organisationWide: row.siteId === null, opensAt: opensAt(row) }];
}
