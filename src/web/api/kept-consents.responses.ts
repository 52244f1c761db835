import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Consents } from '../../catalogue/consents.js';
import type { Day } from '../../platform/clock.js';

const DAY = { type: String, format: 'date' } as const;

export class CountedYear {
  @ApiProperty({ description: 'The filing year: its name in the address.', example: 2027 })
  readonly year: number;

  @ApiProperty({ description: 'Intakes of that year whose consents are kept.' })
  readonly intakes: number;
}

export class KeptYears {
  @ApiProperty({ type: () => CountedYear, isArray: true, description: 'Those that have such intakes, newest first.' })
  readonly years: readonly CountedYear[];
}

export class IntakeWithConsents {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ type: 'integer' })
  readonly taxYear: number;

  @ApiProperty({ ...DAY, description: 'On which the intake was started.' })
  readonly createdDay: Day;

  @ApiPropertyOptional({ ...DAY, description: 'The first day on which its consents cannot be read any more, while they can.' })
  readonly dueDay?: Day;

  @ApiPropertyOptional({ enum: [true], description: 'A legal hold keeps them past their day: they open for nobody.' })
  readonly preserved?: true;

  @ApiPropertyOptional({ type: () => Consents })
  readonly consents?: Consents;
}

export class ConsentsOfYear {
  @ApiProperty({ description: 'The filing year.', example: 2027 })
  readonly year: number;

  @ApiProperty({ type: () => IntakeWithConsents, isArray: true, description: 'Oldest first. One without consents could not be opened.' })
  readonly intakes: readonly IntakeWithConsents[];

  @ApiPropertyOptional({ description: 'The `cursor` of the next page; absent on the last.' })
  readonly next?: string;
}
