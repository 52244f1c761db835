import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { wipe } from '../crypto/bytes.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { checkEmail } from './email-address.js';
import { insertInvitation, tidy, type FreshInvitation } from './invitation-row.js';
import { MemberKeys, type NewMemberKeys } from './member-keys.js';
import { insertMember } from './member-row.js';
import { checkNewPassword } from './password-rules.js';
import { checkNames } from './plain-name.js';
import { SetUpLink } from './set-up-link.js';
import { rulesForLog } from './site-rules-logged.js';
import { checkTimeZone, knownSpelling } from './time-zone.js';

export interface SetUpInput {
  readonly token: string;
  readonly organisation: string;
  readonly site: string;
  /** IANA */
  readonly timeZone: string;
  /** Of the first administrator. */
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** A second administrator, invited by nobody: see `SetUp`. */
  readonly second?: { readonly name: string; readonly email: string } | undefined;
}

export interface SetUpResult {
  readonly siteId: string;
  readonly memberId: string;
  readonly second?: FreshInvitation;
}

/** Nobody can make it again: whoever holds it has three weeks. */
const SECOND_LIVES_MS = 21 * 24 * 3_600_000;

/**
 * Makes the organisation, its first site and its first administrators in one go, for whoever holds the set-up link. Both
 * belong to the whole organisation, and neither was invited by the other: what takes two people is never approved by
 * somebody whom the one who asks has chosen, and after the set-up everyone is chosen by someone.
 */
@Injectable()
export class SetUp {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly link: SetUpLink,
    private readonly memberKeys: MemberKeys,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal LINK_NOT_VALID, INVALID_INPUT (naming `second.email` and the like); after either the link is as it was */
  async run(sent: SetUpInput): Promise<SetUpResult> {
    if (!(await this.link.isValid(sent.token))) throw linkNotValid();
    const input = { ...sent, timeZone: knownSpelling(sent.timeZone) };
    checkNames({ organisation: input.organisation, site: input.site, name: input.name });
    checkTimeZone(input.timeZone);
    checkEmail(input.email);
    checkSecond(input);
    checkNewPassword(input.password, [input.organisation, input.site, input.name, input.email]);
    const made = await this.memberKeys.make(input.password, { grantHalf: false });
    wipe(made.keys.secretKey);
    return this.records.acrossSites((tx) => this.record(tx, input, made));
  }

  private async record(tx: RecordsTx, input: SetUpInput, made: NewMemberKeys): Promise<SetUpResult> {
    if (!(await this.link.consume(tx, input.token))) throw linkNotValid();
    const siteId = randomUUID();
    const createdDay = this.clock.today(input.timeZone);
    await tx.query('INSERT INTO organisation (id, name, created_day) VALUES ($1, $2, $3)', [
      randomUUID(),
      input.organisation.trim(),
      createdDay,
    ]);
    await tx.query('INSERT INTO site (id, name, time_zone, created_day) VALUES ($1, $2, $3, $4)', [
      siteId,
      input.site.trim(),
      input.timeZone,
      createdDay,
    ]);
    await insertMember(tx, made, {
      siteId: null,
      role: 'administrator',
      name: tidy(input.name),
      email: tidy(input.email),
      invitedBy: null,
      createdDay,
    });
    const actor = { system: 'set-up' } as const;
    const { memberId } = made;
    await this.log.appendAll(tx, [
      { kind: 'organisation.created', actor, subject: {}, context: {} },
      { kind: 'site.created', actor, subject: { site: siteId }, context: { rules: rulesForLog(input) } },
      { kind: 'member.joined', actor, subject: { member: memberId, role: 'administrator' }, context: {} },
    ]);
    return { siteId, memberId, ...(input.second ? { second: await this.invite(tx, input.second) } : {}) };
  }

  private async invite(tx: RecordsTx, second: NonNullable<SetUpInput['second']>): Promise<FreshInvitation> {
    const role = 'administrator';
    const expiresAt = new Date(this.clock.now().getTime() + SECOND_LIVES_MS);
    const invitation = await insertInvitation(tx, { ...second, role, siteId: null, invitedBy: null, expiresAt });
    const subject = { invitation: invitation.id, role } as const;
    await this.log.append(tx, { kind: 'member.invited', actor: { system: 'set-up' }, subject, context: {} });
    return invitation;
  }
}

function checkSecond({ email, second }: SetUpInput): void {
  if (!second) return;
  checkNames({ 'second.name': second.name });
  checkEmail(second.email, 'second.email');
  if (tidy(second.email).toLowerCase() === tidy(email).toLowerCase()) {
    throw new Refusal('INVALID_INPUT', 'The second administrator is another person.', { fields: ['second.email'] });
  }
}

function linkNotValid(): Refusal {
  return new Refusal('LINK_NOT_VALID', 'This link has been used, has run out, or was replaced when the service started again.');
}
