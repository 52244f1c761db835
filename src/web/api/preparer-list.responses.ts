import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Day } from '../../platform/clock.js';

const DAY = { type: String, format: 'date' } as const;

export class ReturnPeriodRead {
  @ApiProperty({ description: 'Of its first day, 1 July: its name in the address.', example: 2026 })
  readonly year: number;

  @ApiProperty(DAY)
  readonly from: Day;

  @ApiProperty(DAY)
  readonly to: Day;
}

export class CountedPeriod extends ReturnPeriodRead {
  @ApiProperty({ description: 'Returns on the list of this period.' })
  readonly returns: number;
}

export class ReturnPeriods {
  @ApiProperty({ type: () => CountedPeriod, isArray: true, description: 'Those that have returns, newest first.' })
  readonly periods: readonly CountedPeriod[];
}

export class ReturnOnList {
  @ApiProperty({ format: 'uuid', description: 'Of the intake.' })
  readonly id: string;

  @ApiProperty({ ...DAY, description: 'On which it was last ready to be signed.' })
  readonly listedDay: Day;

  @ApiPropertyOptional({ enum: [true], description: 'A legal hold keeps it past its day: it opens for nobody.' })
  readonly preserved?: true;

  @ApiPropertyOptional()
  readonly name?: string;

  @ApiPropertyOptional({ example: '900-00-5555' })
  readonly taxpayerId?: string;

  @ApiPropertyOptional()
  readonly taxYear?: number;

  @ApiPropertyOptional()
  readonly returnType?: string;

  @ApiPropertyOptional()
  readonly preparedBy?: string;
}

export class ReturnsOnList {
  @ApiProperty({ type: () => ReturnPeriodRead })
  readonly period: ReturnPeriodRead;

  @ApiProperty({ type: () => ReturnOnList, isArray: true, description: 'Oldest first. One without a name could not be opened.' })
  readonly returns: readonly ReturnOnList[];

  @ApiPropertyOptional({ description: 'The `cursor` of the next page; absent on the last.' })
  readonly next?: string;
}
