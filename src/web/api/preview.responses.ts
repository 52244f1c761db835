import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { RETENTION_CLASSES, type RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import { LIMIT_RULES } from '../../retention/due-days.js';
import type { DueReason } from '../../retention/due-reasons.js';
import { HOLD_KINDS, type HoldKind } from '../../vault/hold-scope.js';

class ForeseenOfClass {
  @ApiProperty({ enum: RETENTION_CLASSES })
  readonly class: RetentionClass;

  @ApiProperty({ type: 'integer', description: 'Intakes whose answers of this class go.' })
  readonly destroyed: number;

  @ApiProperty({ type: 'integer', description: 'Due, and kept by a legal hold.' })
  readonly held: number;

  @ApiProperty({ type: 'integer', description: 'Not due by then.' })
  readonly kept: number;
}

class ForeseenCounts {
  @ApiProperty({ type: 'integer', description: 'Intakes of which something goes.' })
  readonly destroyed: number;

  @ApiProperty({ type: 'integer', description: 'Intakes of which something due is kept by a legal hold.' })
  readonly held: number;
}

class LimitOfPolicy {
  @ApiProperty({ enum: LIMIT_RULES })
  readonly rule: (typeof LIMIT_RULES)[number];

  @ApiProperty({ type: String, format: 'date' })
  readonly day: Day;

  @ApiPropertyOptional({ type: String, format: 'date', description: 'What a period counts from.' })
  readonly from?: Day;

  @ApiPropertyOptional({ type: 'integer', description: 'How many days after `from` the day is.' })
  readonly days?: number;
}

class ReasonOfDay {
  @ApiProperty({
    enum: [...LIMIT_RULES, 'differs', 'unrecorded'],
    description: '`differs`: another day is stored than the policy gives, which is `expected`. `unrecorded`: nothing is saved in it, since the start of the intake, or of its place on the preparer’s list, broke off, or the records came back from a backup that did not have it yet.',
  })
  readonly rule: DueReason['rule'];

  @ApiProperty({ type: String, format: 'date' })
  readonly day: Day;

  @ApiPropertyOptional({ type: String, format: 'date', description: 'What a period counts from.' })
  readonly from?: Day;

  @ApiPropertyOptional({ type: 'integer', description: 'How many days after `from` the day is.' })
  readonly days?: number;

  @ApiPropertyOptional({ type: () => LimitOfPolicy })
  readonly expected?: LimitOfPolicy;
}

class AffectedClassOfIntake {
  @ApiProperty({ enum: RETENTION_CLASSES })
  readonly class: RetentionClass;

  @ApiProperty({ type: String, format: 'date' })
  readonly due: Day;

  @ApiProperty({ type: () => ReasonOfDay })
  readonly reason: ReasonOfDay;

  @ApiProperty({ enum: HOLD_KINDS, isArray: true, description: 'By what the holds that keep it name it; empty: it goes.' })
  readonly heldBy: readonly HoldKind[];
}

class IntakeAffected {
  @ApiProperty({ format: 'uuid', description: 'Random; names are for preparers.' })
  readonly id: string;

  @ApiProperty({ type: () => AffectedClassOfIntake, isArray: true })
  readonly classes: readonly AffectedClassOfIntake[];
}

class ClassOnDay {
  @ApiProperty({ enum: RETENTION_CLASSES })
  readonly class: RetentionClass;

  @ApiProperty({ type: 'integer' })
  readonly destroyed: number;

  @ApiProperty({ type: 'integer' })
  readonly held: number;
}

class DayOfCalendar {
  @ApiProperty({ type: String, format: 'date' })
  readonly day: Day;

  @ApiProperty({ type: () => ClassOnDay, isArray: true })
  readonly classes: readonly ClassOnDay[];
}

/** Of the site at which the member works. */
export class ForeseenRun {
  @ApiProperty({ type: String, format: 'date' })
  readonly asOf: Day;

  @ApiProperty({ type: String, format: 'date', description: 'At the site, for destruction.' })
  readonly today: Day;

  @ApiProperty({ type: String, format: 'date', description: 'The day of the next nightly run: today while today’s has not been.' })
  readonly nextRun: Day;

  @ApiProperty({ description: 'Nothing is destroyed before an administrator has confirmed the date.' })
  readonly dateInDoubt: boolean;

  @ApiProperty({ type: 'integer' })
  readonly policyVersion: number;

  @ApiProperty({ type: () => ForeseenOfClass, isArray: true, description: 'Every class.' })
  readonly classes: readonly ForeseenOfClass[];

  @ApiProperty({ type: () => ForeseenCounts })
  readonly counts: ForeseenCounts;

  @ApiProperty({ type: () => IntakeAffected, isArray: true, description: 'Fifty a page: what goes first comes first, what is only held comes last.' })
  readonly intakes: readonly IntakeAffected[];

  @ApiPropertyOptional({ description: 'The cursor of the next page; absent on the last.' })
  readonly next?: string;

  @ApiProperty({ type: () => DayOfCalendar, isArray: true, description: 'The 90 days from the next run, without those on which nothing is due.' })
  readonly calendar: readonly DayOfCalendar[];
}
