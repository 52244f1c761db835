import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { Refusal } from '../platform/refusal.js';
import { actorOf } from './actor.js';
import { checkEmail } from './email-address.js';
import { inSiteOf } from './in-site-of.js';
import { insertInvitation, tidy, type FreshInvitation } from './invitation-row.js';
import { checkNames } from './plain-name.js';
import type { Role, SiteMember } from './signed-in.js';

const LIVES_MS = 7 * 24 * 3_600_000;

export interface InvitationInput {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** An administrator or auditor of every site, for those who are that themselves. */
  readonly organisationWide?: boolean | undefined;
}

@Injectable()
export class InviteMember {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Inviting makes nobody a reader: an invited preparer waits until one who holds the key has admitted them. A newer
   * invitation of the same address takes the place of the older one.
   * @throws Refusal FORBIDDEN to a site's administrator who invites to the whole organisation
   * @throws Refusal INVALID_INPUT when a preparer would belong to it; when the name is no name, or the address is no address, or is a member's already
   */
  async run(who: SiteMember, input: InvitationInput): Promise<FreshInvitation> {
    checkNames({ name: input.name });
    checkEmail(input.email);
    const email = tidy(input.email);
    const [taken] = await this.records.query('SELECT id FROM find_member($1)', [email]);
    if (taken) throw new Refusal('INVALID_INPUT', 'There is a member with this e-mail address.', { fields: ['email'] });
    const organisationWide = input.organisationWide ?? false;
    refuseTooWide(who, input.role, organisationWide);
    const siteId = organisationWide ? null : who.siteId;
    return inSiteOf(this.records, who, async (tx) => {
      await tx.query('DELETE FROM invitation WHERE lower(email) = lower($1) AND used_at IS NULL', [email]);
      const expiresAt = new Date(this.clock.now().getTime() + LIVES_MS);
      const { name, role } = input;
      const invitation = await insertInvitation(tx, { siteId, role, name, email, invitedBy: who.memberId, expiresAt });
      await this.log.append(tx, {
        kind: 'member.invited',
        actor: actorOf(who),
        subject: { ...(siteId === null ? {} : { site: siteId }), invitation: invitation.id, role },
        context: {},
      });
      return invitation;
    });
  }
}

/** Nobody hands on more than they have; and a preparer holds a site's key, of which the organisation has none. */
function refuseTooWide(who: SiteMember, role: Role, organisationWide: boolean): void {
  if (!organisationWide) return;
  if (!who.organisationWide) throw new Refusal('FORBIDDEN', 'Only who belongs to the whole organisation invites others to it.');
  if (role === 'preparer') {
    throw new Refusal('INVALID_INPUT', 'A preparer belongs to one site.', { fields: ['organisationWide'] });
  }
}
