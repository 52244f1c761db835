import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { actorOf } from './actor.js';
import { opensAt } from './approvals/administrator-invited.js';
import { Approvals } from './approvals/approvals.js';
import type { Approval } from './approvals/approval.js';
import { checkReason } from './approvals/reason.js';
import { checkEmail } from './email-address.js';
import { inSiteOf } from './in-site-of.js';
import { insertInvitation, tidy, type FreshInvitation } from './invitation-row.js';
import { lockAddress } from './lock-address.js';
import { checkNames } from './plain-name.js';
import type { Role, SiteMember } from './signed-in.js';

const DAY_MS = 24 * 3_600_000;
const LIVES_DAYS = 7;

export interface InvitationInput {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** An administrator or auditor of every site, for those who are that themselves. */
  readonly organisationWide?: boolean | undefined;
  /** Of an administrator: why another one is needed, for whoever approves it. Not kept of anyone else. */
  readonly reason?: string | undefined;
}

@Injectable()
export class InviteMember {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
    private readonly clock: Clock,
    private readonly approvals: Approvals,
  ) {}

  /**
   * Inviting makes nobody a reader: an invited preparer waits until one who holds the key has admitted them. A newer
   * invitation of the same address takes the place of the site's older one. An invited administrator cannot join before another
   * one has approved it, or seven days have passed: see `AdministratorInvited`.
   * @throws Refusal FORBIDDEN to a site's administrator who invites to the whole organisation
   * @throws Refusal INVALID_INPUT when a preparer would belong to it; when the name is no name, or the address is no address, or is an active member's already;
   *   when an administrator is invited for no reason that can be kept
   */
  async run(who: SiteMember, input: InvitationInput): Promise<FreshInvitation> {
    checkNames({ name: input.name });
    checkEmail(input.email);
    const email = tidy(input.email);
    await refuseMembers(this.records, email);
    const organisationWide = input.organisationWide ?? false;
    refuseTooWide(who, input.role, organisationWide);
    if (input.role === 'administrator') checkReason(input.reason ?? '');
    const siteId = organisationWide ? null : who.siteId;
    return inSiteOf(this.records, who, async (tx) => {
      await lockAddress(tx, email);
      await refuseMembers(tx, email); // again: one may have joined meanwhile
      await this.replaceOlder(tx, who, email);
      const { name, role } = input;
      const approval = role === 'administrator' ? await this.askFor(tx, who, siteId, input.reason ?? '') : undefined;
      const expiresAt = approval?.expiresAt ?? new Date(this.clock.now().getTime() + LIVES_DAYS * DAY_MS);
      const invitation = await insertInvitation(tx, {
        ...{ siteId, role, name, email, invitedBy: who.memberId, expiresAt },
        ...(approval ? { approvalId: approval.id } : {}),
      });
      await this.log.append(tx, {
        kind: 'member.invited',
        actor: actorOf(who),
        subject: { ...(siteId === null ? {} : { site: siteId }), invitation: invitation.id, role },
        context: approval ? { approval: approval.id } : {},
      });
      return approval ? { ...invitation, approval: { id: approval.id, opensAt: opensAt(approval) } } : invitation;
    });
  }

  /** Requests before invitations: whoever decides one of them locks in this order too. */
  private async replaceOlder(tx: RecordsTx, who: SiteMember, email: string): Promise<void> {
    const older = await tx.query<{ approval_id: string }>(
      `SELECT approval_id FROM invitation
       WHERE lower(email) = lower($1) AND used_at IS NULL AND approval_id IS NOT NULL ORDER BY approval_id`,
      [email],
    );
    for (const { approval_id: id } of older) await this.approvals.supersede(tx, who, id);
    await tx.query('DELETE FROM invitation WHERE lower(email) = lower($1) AND used_at IS NULL', [email]);
  }

  private askFor(tx: RecordsTx, who: SiteMember, siteId: string | null, reason: string): Promise<Approval> {
    return this.approvals.request(tx, who, { kind: 'administrator.invited', siteId, subject: {}, reason });
  }
}

async function refuseMembers(database: Pick<RecordsTx, 'query'>, email: string): Promise<void> {
  const [taken] = await database.query(`SELECT id FROM find_member($1) WHERE status = 'active'`, [email]);
  if (taken) throw new Refusal('INVALID_INPUT', 'There is a member with this e-mail address.', { fields: ['email'] });
}

/** Nobody hands on more than they have; and a preparer holds a site's key, of which the organisation has none. */
function refuseTooWide(who: SiteMember, role: Role, organisationWide: boolean): void {
  if (!organisationWide) return;
  if (!who.organisationWide) throw new Refusal('FORBIDDEN', 'Only who belongs to the whole organisation invites others to it.');
  if (role === 'preparer') {
    throw new Refusal('INVALID_INPUT', 'A preparer belongs to one site.', { fields: ['organisationWide'] });
  }
}
