import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { APPROVAL_KINDS, APPROVAL_STATES, type ApprovalKindName, type ApprovalState } from '../../access/approvals/approval.js';
import { APPROVAL_STEPS, type ApprovalStep } from '../../access/approvals/who-decides.js';
import type { LoggedPolicy } from '../../audit/logged-rules.js';
import type { Day } from '../../platform/clock.js';
import { PolicyDocument } from './retention.responses.js';

export class ApprovalPerson {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty()
  readonly name: string;
}

export class ProposedPolicy {
  @ApiProperty({ type: () => PolicyDocument })
  readonly document: LoggedPolicy;

  @ApiProperty({ type: 'integer', description: 'The version that it was written after. Once another one has been published, it is approved no more.' })
  readonly after: number;
}

export class ApprovalAbout {
  @ApiPropertyOptional()
  readonly name?: string;

  @ApiPropertyOptional({ format: 'email' })
  readonly email?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  readonly intake?: string;

  @ApiPropertyOptional({ type: 'integer' })
  readonly taxYear?: number;

  @ApiPropertyOptional()
  readonly matter?: string;

  @ApiPropertyOptional({ type: String, format: 'date' })
  readonly effectiveDay?: Day;

  @ApiPropertyOptional({ format: 'uuid' })
  readonly hold?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Of a policy that was approved, and taken back before its day since a legal hold had come.' })
  readonly takenBackAt?: Date;

  @ApiPropertyOptional({ type: () => ProposedPolicy })
  readonly policy?: ProposedPolicy;
}

export class ApprovalListed {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ enum: APPROVAL_KINDS, enumName: 'ApprovalKind' })
  readonly kind: ApprovalKindName;

  @ApiProperty({ description: 'Seen at every site, and decided by members of the whole organization only.' })
  readonly organisationWide: boolean;

  @ApiProperty({ type: () => ApprovalAbout, description: 'Of an invitation: whom, as long as it stands. Of an erasure: the number and the year of the intake. Of a release: the hold and its matter. Of a policy: the whole document, and the day on which it takes effect.' })
  readonly about: ApprovalAbout;

  @ApiProperty()
  readonly reason: string;

  @ApiProperty({ enum: APPROVAL_STATES, enumName: 'ApprovalState', description: '`expired`: nobody decided in time, or whoever asked has left.' })
  readonly state: ApprovalState;

  @ApiProperty({ type: () => ApprovalPerson })
  readonly requestedBy: ApprovalPerson;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly requestedAt: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly expiresAt: Date;

  @ApiPropertyOptional({ type: () => ApprovalPerson })
  readonly decidedBy?: ApprovalPerson;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  readonly decidedAt?: Date;

  @ApiProperty({ enum: APPROVAL_STEPS, enumName: 'ApprovalStep', isArray: true, description: 'What whoever asks may do about it now.' })
  readonly may: readonly ApprovalStep[];
}

export class ApprovalsListed {
  @ApiProperty({ type: () => ApprovalListed, isArray: true })
  readonly approvals: readonly ApprovalListed[];
}

export class AdministratorComing {
  @ApiProperty({ format: 'uuid' })
  readonly approvalId: string;

  @ApiProperty()
  readonly name: string;

  @ApiProperty()
  readonly invitedBy: string;

  @ApiProperty()
  readonly organisationWide: boolean;

  @ApiProperty({ type: String, format: 'date-time', description: 'From then on they can join although nobody has approved.' })
  readonly opensAt: Date;
}

export class Notices {
  @ApiProperty({ type: () => AdministratorComing, isArray: true })
  readonly administrators: readonly AdministratorComing[];

  @ApiProperty({ type: 'integer', description: 'How many requests wait for the decision of whoever asks.' })
  readonly toApprove: number;
}
