import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { RETENTION_CLASSES, type RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import type { HoldCover } from '../../retention/holds/hold-cover.js';
import type { DestroyedBefore, DestroyedIntake } from '../../retention/holds/too-late.js';
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
    description:
      'Runs that destroyed keys of what the hold names, newest first, each with its day, policy version and counts by class (`all`: intakes of which nothing is left). `run` is the certificate’s id too, once it is `certified`.',
  })
  readonly runs: readonly DestroyedBefore[];

  @ApiProperty({
    type: [Object],
    description: 'Of the intakes that it names: the day of destruction of each class, or of all, and the run where it is known. `erasedDay`: what has this day went at its client’s own request.',
  })
  readonly intakes: readonly DestroyedIntake[];

  @ApiPropertyOptional({ type: String, format: 'date', description: 'Where no intakes are named: runs before this day were not looked at. Left out where there are none.' })
  readonly lookedFrom?: Day;
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

  @ApiProperty({ description: 'A save that had begun before is stuck: what it replaces, should it end, is not kept. All later ones keep what they replace.' })
  readonly saveUnderWay: boolean;
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
