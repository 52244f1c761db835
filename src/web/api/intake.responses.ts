import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Answers } from '../../catalogue/answers.js';
import type { RetentionClass } from '../../catalogue/retention-class.js';
import { STAGES, type Stage } from '../../intake/stage.js';
import type { Day } from '../../platform/clock.js';
import { daysByClass } from './days-by-class.js';

type Days = Readonly<Partial<Record<RetentionClass, Day>>>;

const DUE = daysByClass('The first day on which each class cannot be read any more.');

export class CreatedIntake {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ type: 'integer', minimum: 1 })
  readonly version: number;
}

export class ChangedIntake {
  @ApiProperty({ type: 'integer', minimum: 1 })
  readonly version: number;

  @ApiProperty({ enum: STAGES, enumName: 'Stage' })
  readonly stage: Stage;
}

export class IntakeRead {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ type: 'integer' })
  readonly taxYear: number;

  @ApiProperty({ type: 'integer', minimum: 1 })
  readonly version: number;

  @ApiProperty({ enum: STAGES, enumName: 'Stage' })
  readonly stage: Stage;

  @ApiProperty({ type: () => Answers, description: 'The asked answers that are there.' })
  readonly answers: Answers;

  @ApiProperty(DUE)
  readonly due: Days;

  @ApiPropertyOptional(daysByClass('The asked classes that have been destroyed, each with the day it went; absent when none has.'))
  readonly destroyed?: Days;

  @ApiPropertyOptional(daysByClass('The asked classes that a legal hold keeps past their day, each with that day: they open for nobody. Absent when there is none.'))
  readonly preserved?: Days;
}

export class ListedIntakeRead {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ type: 'integer' })
  readonly taxYear: number;

  @ApiProperty({ enum: STAGES, enumName: 'Stage' })
  readonly stage: Stage;

  @ApiProperty({ type: 'integer', minimum: 1 })
  readonly version: number;

  @ApiProperty({ type: String, format: 'date' })
  readonly createdDay: Day;

  @ApiProperty({ type: String, format: 'date', description: 'Of the last change.' })
  readonly touchedDay: Day;

  @ApiProperty(DUE)
  readonly due: Days;

  @ApiPropertyOptional({ description: 'A legal hold keeps something of it past its day: that opens for nobody. Absent when it keeps nothing.' })
  readonly preserved?: boolean;

  @ApiPropertyOptional({ description: 'For preparers, while the names are alive and not blank.' })
  readonly displayName?: string;
}

export class IntakePage {
  @ApiProperty({ type: () => ListedIntakeRead, isArray: true })
  readonly intakes: readonly ListedIntakeRead[];

  @ApiPropertyOptional({ description: 'The `cursor` of the next page; absent on the last.' })
  readonly next?: string;
}

export class Match {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;
}

export class Matches {
  @ApiProperty({ type: () => Match, isArray: true })
  readonly matches: readonly Match[];
}
