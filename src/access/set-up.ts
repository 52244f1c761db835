import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { wipe } from '../crypto/bytes.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { checkEmail } from './email-address.js';
import { MemberKeys, type NewMemberKeys } from './member-keys.js';
import { insertMember } from './member-row.js';
import { checkNewPassword } from './password-rules.js';
import { checkNames } from './plain-name.js';
import { SetUpLink } from './set-up-link.js';
import { checkTimeZone } from './time-zone.js';

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
}

export interface SetUpResult {
  readonly siteId: string;
  readonly memberId: string;
}

/** Makes the organisation, its first site and its first administrator in one go, for whoever holds the set-up link. */
@Injectable()
export class SetUp {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly link: SetUpLink,
    private readonly memberKeys: MemberKeys,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal LINK_NOT_VALID, INVALID_INPUT; after either the link is as it was */
  async run(input: SetUpInput): Promise<SetUpResult> {
    if (!(await this.link.isValid(input.token))) throw linkNotValid();
    checkNames({ organisation: input.organisation, site: input.site, name: input.name });
    checkTimeZone(input.timeZone);
    checkEmail(input.email);
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
      siteId,
      role: 'administrator',
      name: input.name.trim(),
      email: input.email.trim(),
      invitedBy: null,
      createdDay,
    });
    const actor = { system: 'set-up' } as const;
    const { memberId } = made;
    await this.log.appendAll(tx, [
      { kind: 'organisation.created', actor, subject: {}, context: {} },
      { kind: 'site.created', actor, subject: { site: siteId }, context: {} },
      { kind: 'member.joined', actor, subject: { site: siteId, member: memberId, role: 'administrator' }, context: {} },
    ]);
    return { siteId, memberId };
  }
}

function linkNotValid(): Refusal {
  return new Refusal('LINK_NOT_VALID', 'This link has been used, has run out, or was replaced when the service started again.');
}
