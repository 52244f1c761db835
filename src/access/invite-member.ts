import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { newToken, tokenBytes, tokenHash } from '../crypto/secret-token.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { Refusal } from '../platform/refusal.js';
import { actorOf } from './actor.js';
import { checkEmail } from './email-address.js';
import { checkNames } from './plain-name.js';
import type { Role, SiteMember } from './signed-in.js';

const LIVES_MS = 7 * 24 * 3_600_000;

export interface InvitationInput {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

export interface FreshInvitation {
  readonly id: string;
  /** The path of the one-time link. Shown once, to be handed over by the administrator; nobody can read it again. */
  readonly path: string;
  readonly expiresAt: Date;
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
   * @throws Refusal INVALID_INPUT when the name is no name, or the address is no address, or is a member's already
   */
  async run(who: SiteMember, input: InvitationInput): Promise<FreshInvitation> {
    checkNames({ name: input.name });
    checkEmail(input.email);
    const email = input.email.normalize('NFC').trim();
    const [taken] = await this.records.query('SELECT id FROM find_member($1)', [email]);
    if (taken) throw new Refusal('INVALID_INPUT', 'There is a member with this e-mail address.', { fields: ['email'] });
    const token = newToken();
    const invitation = { id: randomUUID(), expiresAt: new Date(this.clock.now().getTime() + LIVES_MS) };
    await this.records.inSite(who.siteId, async (tx) => {
      await tx.query('DELETE FROM invitation WHERE lower(email) = lower($1) AND used_at IS NULL', [email]);
      await tx.query(
        `INSERT INTO invitation (id, site_id, role, name, email, token_hash, invited_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          invitation.id,
          who.siteId,
          input.role,
          input.name.normalize('NFC').trim(),
          email,
          Buffer.from(tokenHash(tokenBytes(token)!)),
          who.memberId,
          invitation.expiresAt,
        ],
      );
      await this.log.append(tx, {
        kind: 'member.invited',
        actor: actorOf(who),
        subject: { site: who.siteId, invitation: invitation.id, role: input.role },
        context: {},
      });
    });
    return { ...invitation, path: `/join?token=${token}` };
  }
}
