import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { actorOf } from './actor.js';
import { Approvals } from './approvals/approvals.js';
import { matterOf } from './approvals/close-approval.js';
import { hasSayIn, mustStand } from './approvals/who-decides.js';
import { inSiteOf, ownSite } from './in-site-of.js';
import { lockAddress } from './lock-address.js';
import type { Role, SiteMember } from './signed-in.js';

/** An invitation by which nobody has joined. It may have run out. */
export interface UnusedInvitation {
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  /** Of an administrator whom a member invited: the request that goes with it, decided or not. */
  readonly approvalId: string | null;
  /** Of the second administrator, whom nobody invited: no member can make another one like it. */
  readonly isFromSetUp: boolean;
}

@Injectable()
export class WithdrawInvitation {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
    private readonly approvals: Approvals,
  ) {}

  /** What would be taken back, for asking once more. @throws Refusal as `run` does */
  async find(who: SiteMember, id: string): Promise<UnusedInvitation> {
    return this.records.inSite(who.siteId, (tx) => unused(tx, id, ownSite(who)));
  }

  /**
   * Takes back an invitation that nobody has used: its link says from then on what an unknown link says, and a request to
   * approve it that waits is closed. Nothing of who never became a member is kept.
   *
   * Whoever joins holds the lock of the address too, so that an invitation is either used or taken back. Locks are taken in the
   * order of inviting and deciding: address, request, who acts, invitation.
   * @throws Refusal NOT_FOUND, ALREADY_DONE when somebody has joined by it, FORBIDDEN to a site's administrator for one to the
   *   whole organisation, and to who has been disabled meanwhile
   */
  async run(who: SiteMember, id: string): Promise<void> {
    await inSiteOf(this.records, who, async (tx) => {
      const { email, approvalId } = await unused(tx, id, ownSite(who));
      await lockAddress(tx, email);
      if (approvalId !== null) await this.approvals.supersede(tx, who, approvalId);
      const standing = await mustStand(tx, who.memberId);
      const { siteId, role } = await unused(tx, id, standing.siteId); // again: somebody may have joined meanwhile
      const taken = await tx.query('DELETE FROM invitation WHERE id = $1 AND used_at IS NULL RETURNING id', [id]);
      if (taken.length === 0) throw notFound();
      await this.log.append(tx, {
        kind: 'member.uninvited',
        actor: actorOf(who),
        subject: { ...matterOf({ siteId }), invitation: id, role },
        context: approvalId === null ? {} : { approval: approvalId },
      });
    });
  }
}

interface InvitationRow extends UnusedInvitation {
  /** null: to the whole organisation */
  readonly siteId: string | null;
  readonly isUsed: boolean;
}

/**
 * Row security shows those of the site and of the whole organisation.
 * @param memberSite of whoever asks: null for a member of the whole organisation
 */
async function unused(tx: RecordsTx, id: string, memberSite: string | null): Promise<InvitationRow> {
  const [row] = await tx.query<InvitationRow>(
    `SELECT role, name, email, approval_id AS "approvalId", invited_by IS NULL AS "isFromSetUp", site_id AS "siteId", used_at IS NOT NULL AS "isUsed"
     FROM invitation WHERE id = $1`,
    [id],
  );
  if (!row) throw notFound();
  if (!hasSayIn(row.siteId, memberSite)) {
    throw new Refusal('FORBIDDEN', 'Only who belongs to the whole organisation takes back an invitation to it.');
  }
  if (row.isUsed) throw new Refusal('ALREADY_DONE', 'Somebody has joined by this invitation.');
  return row;
}

function notFound(): Refusal {
  return new Refusal('NOT_FOUND', 'There is no such invitation at this site.');
}
