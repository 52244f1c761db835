import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Leaving } from '../../access/disable-member.js';
import type { MemberStatus } from '../../access/list-members.js';
import { ROLES, type Role } from '../../access/signed-in.js';
import type { Day } from '../../platform/clock.js';

const STATUSES: readonly MemberStatus[] = ['invited', 'waiting', 'active', 'disabled'];
const LEAVINGS: readonly Leaving[] = ['erased', 'blocked'];

export class InvitationWaits {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'From then on the link works although nobody has approved.' })
  readonly opensAt: Date;
}

export class InvitationMade {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ description: 'One-time. In this answer and nowhere else.' })
  readonly link: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly expiresAt: Date;

  @ApiPropertyOptional({ type: () => InvitationWaits, description: 'Of an administrator: the request that another one has to approve first.' })
  readonly approval?: InvitationWaits;
}

export class AdmittedBy {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty()
  readonly name: string;
}

export class MemberListed {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty()
  readonly name: string;

  @ApiProperty({ format: 'email' })
  readonly email: string;

  @ApiProperty({ enum: ROLES, enumName: 'Role' })
  readonly role: Role;

  @ApiProperty({ description: 'Of every site: they may work here too.' })
  readonly organisationWide: boolean;

  @ApiProperty({ enum: STATUSES, description: '`waiting`: a preparer whom nobody has given the key yet.' })
  readonly status: MemberStatus;

  @ApiProperty()
  readonly holdsKey: boolean;

  @ApiPropertyOptional({ type: () => AdmittedBy, description: 'Who gave them the key; themselves, when they made it.' })
  readonly admittedBy?: AdmittedBy;

  @ApiPropertyOptional({ type: String, format: 'date' })
  readonly admittedDay?: Day;

  @ApiPropertyOptional({ type: () => AdmittedBy, description: 'Of an administrator: who approved them.' })
  readonly approvedBy?: AdmittedBy;

  @ApiPropertyOptional({ description: 'Of an administrator: nobody had decided when their seven days of notice were over.' })
  readonly joinedAfterNotice?: boolean;

  @ApiPropertyOptional({ type: String, isArray: true, description: 'Six words of somebody who waits, for preparers to compare.' })
  readonly words?: readonly string[];

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Of an invitation.' })
  readonly expiresAt?: Date;
}

export class MembersOfSite {
  @ApiProperty({ type: () => MemberListed, isArray: true })
  readonly members: readonly MemberListed[];

  @ApiPropertyOptional({ type: String, isArray: true, description: 'For somebody who waits: the six words to read out.' })
  readonly ownWords?: readonly string[];
}

export class MemberLeft {
  @ApiProperty({ enum: LEAVINGS, description: '`blocked`: the last holder of a key that still opens something keeps its halves.' })
  readonly leaving: Leaving;
}
