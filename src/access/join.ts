import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { wipe } from '../crypto/bytes.js';
import { tokenBytes, tokenHash } from '../crypto/secret-token.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { siteSubject } from './actor.js';
import { AdministratorInvited, notApprovedYet } from './approvals/administrator-invited.js';
import { lockStanding } from './approvals/who-decides.js';
import { createVault } from './create-vault.js';
import { inSiteOf, ownSite, type Workplace } from './in-site-of.js';
import { lockAddress } from './lock-address.js';
import { MemberKeys, type NewMemberKeys } from './member-keys.js';
import { insertMember, lockHolders } from './member-row.js';
import { checkNewPassword } from './password-rules.js';
import { refuseTakenEmail } from './taken-email.js';
import type { MemberAtSite } from './sign-in.js';
import type { Role } from './signed-in.js';

export interface Invitation {
  readonly id: string;
  /** Of an organisation-wide member, the oldest: that is where they begin. */
  readonly site_id: string;
  readonly organisation_wide: boolean;
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  /** null: the set-up */
  readonly invited_by: string | null;
  /** Of an administrator whom a member invited. */
  readonly approval_id: string | null;
  readonly expires_at: Date;
  readonly used_at: Date | null;
}

@Injectable()
export class Join {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly memberKeys: MemberKeys,
    private readonly log: AccessLog,
    private readonly clock: Clock,
    private readonly administrators: AdministratorInvited,
  ) {}

  /** Whom a link invites, for showing the form. @throws Refusal LINK_NOT_VALID */
  async invitation(token: string): Promise<Invitation> {
    const bytes = tokenBytes(token);
    if (!bytes) throw linkNotValid();
    const [found] = await this.records.query<Invitation>('SELECT * FROM find_invitation($1)', [Buffer.from(tokenHash(bytes))]);
    if (!found || found.used_at || found.expires_at <= this.clock.now()) throw linkNotValid();
    await inSiteOf(this.records, workplaceOf(found), (tx) => refuseGuestOfLeaver(tx, found));
    return found;
  }

  /** Until when an invited administrator has to wait for an approval; undefined when nothing keeps them from joining. */
  async waitsUntil(invitation: Invitation): Promise<Date | undefined> {
    const { approval_id: approvalId } = invitation;
    if (approvalId === null) return undefined;
    return inSiteOf(this.records, workplaceOf(invitation), (tx) => this.administrators.waitsUntil(tx, approvalId));
  }

  /**
   * Makes the invited member, with a key pair of their own that only their password opens. The first preparer of a site
   * makes its vault key, as does the next one where nobody holds it and nothing needs it; every other waits to be admitted.
   *
   * The halves commit first. A crash before the member's row leaves halves that nothing refers to, and the link as it was.
   * @throws Refusal LINK_NOT_VALID, INVALID_INPUT, NOT_APPROVED_YET
   */
  async run(input: { readonly token: string; readonly password: string }): Promise<MemberAtSite> {
    const invitation = await this.invitation(input.token);
    // Before anything is made: this is asked by whoever holds the link, as often as they like.
    const from = await this.waitsUntil(invitation);
    if (from) throw notApprovedYet(from);
    checkNewPassword(input.password, [invitation.name, invitation.email, await this.siteName(invitation.site_id)]);
    const made = await this.memberKeys.make(input.password, { grantHalf: invitation.role === 'preparer' });
    try {
      const recorded = inSiteOf(this.records, workplaceOf(invitation), (tx) => this.record(tx, invitation, made));
      const { holdsKey } = await refuseTakenEmail(recorded);
      if (!holdsKey && made.grantHalf) await this.memberKeys.forgetGrant(made.memberId, made.grantHalf.id);
    } finally {
      wipe(made.keys.secretKey, made.grantHalf?.bytes);
    }
    return { id: made.memberId, role: invitation.role, ...workplaceOf(invitation), name: invitation.name };
  }

  private async record(tx: RecordsTx, invitation: Invitation, made: NewMemberKeys): Promise<{ holdsKey: boolean }> {
    await lockAddress(tx, invitation.email);
    if (invitation.role === 'preparer') await lockHolders(tx, invitation.site_id);
    if (invitation.approval_id !== null) await this.administrators.letIn(tx, invitation.approval_id);
    // Again, now that nobody can be disabled before this commits.
    await refuseGuestOfLeaver(tx, invitation);
    const now = this.clock.now();
    const used = await tx.query('UPDATE invitation SET used_at = $1 WHERE id = $2 AND used_at IS NULL AND expires_at > $1 RETURNING id', [
      now,
      invitation.id,
    ]);
    if (used.length === 0) throw linkNotValid();
    const { role, name, email, invited_by: invitedBy, approval_id: approvalId } = invitation;
    const at = workplaceOf(invitation);
    const createdDay = this.clock.today(await timeZoneOf(tx, at.siteId));
    await insertMember(tx, made, { siteId: ownSite(at), role, name, email, invitedBy, createdDay, approvalId });
    await this.log.append(tx, {
      kind: 'member.joined',
      actor: { member: made.memberId, role },
      subject: { ...siteSubject(at), member: made.memberId, role, invitation: invitation.id },
      context: approvalId === null ? {} : { approval: approvalId },
    });
    if (role !== 'preparer') return { holdsKey: false };
    return { holdsKey: await createVault(tx, this.log, at.siteId, made, createdDay) };
  }

  private async siteName(siteId: string): Promise<string> {
    const [site] = await this.records.inSite(siteId, (tx) => tx.query<{ name: string }>('SELECT name FROM site'));
    return site!.name;
  }
}

function workplaceOf(invitation: Invitation): Workplace {
  return { siteId: invitation.site_id, organisationWide: invitation.organisation_wide };
}

/**
 * A link of somebody who has left since is void, or who was shown out could come back by one of their own making. One that
 * another administrator decided about stands by that.
 * @throws Refusal LINK_NOT_VALID
 */
async function refuseGuestOfLeaver(tx: RecordsTx, { invited_by: host, approval_id: approvalId }: Invitation): Promise<void> {
  if (host === null || approvalId !== null) return;
  if (!(await lockStanding(tx, host))) throw linkNotValid();
}

async function timeZoneOf(tx: RecordsTx, siteId: string): Promise<string> {
  const [site] = await tx.query<{ time_zone: string }>('SELECT time_zone FROM site WHERE id = $1', [siteId]);
  return site!.time_zone;
}

function linkNotValid(): Refusal {
  return new Refusal('LINK_NOT_VALID', 'This invitation has been used, has run out, was taken back or replaced by a newer one, or is of somebody who has left.');
}
