import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { RETENTION_CLASSES, type RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import type { HoldCover } from '../../retention/holds/hold-cover.js';
import type { DestroyedBefore, DestroyedIntake } from '../../retention/holds/destroyed-before.js';
import type { HoldScope } from '../../vault/holds.js';

const COUNTS = { type: 'object', additionalProperties: { type: 'integer' } } as const;

/** In the words in which one is placed. */
export class HoldScopeListed {
  @ApiPropertyOptional({ description: 'True where nothing is named: it keeps everything.' })
  readonly all?: true;

  @ApiPropertyOptional({ format: 'uuid' })
  readonly site?: string;

  @ApiPropertyOptional({ type: [String], format: 'uuid' })
  readonly intakes?: readonly string[];

  @ApiPropertyOptional({ enum: RETENTION_CLASSES, isArray: true })
  readonly classes?: readonly RetentionClass[];

  @ApiPropertyOptional({ type: 'integer' })
  readonly taxYear?: number;

  @ApiPropertyOptional({ type: String, format: 'date' })
  readonly createdFrom?: Day;

  @ApiPropertyOptional({ type: String, format: 'date' })
  readonly createdTo?: Day;

  static of({ from, to, ...scope }: HoldScope): HoldScopeListed {
    const named = { ...scope, ...(from && { createdFrom: from }), ...(to && { createdTo: to }) };
    return Object.keys(named).length === 0 ? { all: true } : named;
  }
}

export class HoldTooLate {
  @ApiProperty({
    type: [Object],
    description: 'Where the hold names no intakes: runs that destroyed keys of what it names, newest first, each with its day, policy version and counts by class. `run` is the certificate’s id too.',
  })
  readonly runs: readonly DestroyedBefore[];

  @ApiProperty({ type: [Object], description: 'Of the intakes that it names: the day on which each class, or all, was destroyed.' })
  readonly intakes: readonly DestroyedIntake[];
}

export class HoldPlaced {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ type: () => HoldScopeListed })
  readonly scope: HoldScopeListed;

  @ApiProperty({ ...COUNTS, description: 'Of how many intakes it keeps each class, of what lives now.' })
  readonly covers: HoldCover;

  @ApiProperty({ type: () => HoldTooLate, description: 'What had been destroyed before.' })
  readonly tooLate: HoldTooLate;
}

export class HoldListed {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ type: () => HoldScopeListed })
  readonly scope: HoldScopeListed;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly placedAt: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly releasedAt: Date | null;

  @ApiProperty(COUNTS)
  readonly covers: HoldCover;

  @ApiPropertyOptional({ description: 'For administrators only.' })
  readonly matter?: string;

  @ApiProperty()
  readonly mayRelease: boolean;

  @ApiPropertyOptional({ format: 'uuid', description: 'Of the request for its release that waits.' })
  readonly approvalId?: string;
}

export class HoldsListed {
  @ApiProperty({ type: () => [HoldListed] })
  readonly holds: readonly HoldListed[];
}

export class ReleaseAsked {
  @ApiProperty({ format: 'uuid', description: 'Of the request that another administrator decides.' })
  readonly approvalId: string;
}
