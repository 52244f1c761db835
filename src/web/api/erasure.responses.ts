import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ERASURE_STATES, type ErasureState } from '../../intake/erasure/find-erasure.js';
import type { Day } from '../../platform/clock.js';

export class ErasureAsked {
  @ApiProperty({ format: 'uuid', description: 'Of the request that an administrator decides.' })
  readonly approvalId: string;
}

export class ErasureReceipt {
  @ApiProperty({ format: 'uuid' })
  readonly intakeId: string;

  @ApiProperty({ type: 'integer' })
  readonly taxYear: number;

  @ApiProperty({ type: String, format: 'date' })
  readonly askedDay: Day;

  @ApiProperty({ type: String, format: 'date', description: 'From then on nothing of it can be read, save what `listUntil` is about.' })
  readonly day: Day;

  @ApiProperty({ format: 'uuid' })
  readonly approvalId: string;

  @ApiProperty({
    enum: ERASURE_STATES,
    enumName: 'ErasureState',
    description: '`waiting`: the keys go with the next run; `held`: a legal hold that came after the approval keeps them; `destroyed`: they are gone.',
  })
  readonly state: ErasureState;

  @ApiPropertyOptional({ format: 'uuid', description: 'Of the run, and of the certificate that counts the keys.' })
  readonly runId?: string;

  @ApiPropertyOptional({ type: String, format: 'date', description: 'Of that run, at the site.' })
  readonly destroyedDay?: Day;

  @ApiPropertyOptional({
    ...{ type: String, format: 'date' },
    description: 'The last day on which its return on the preparer’s list can be read, which the law keeps whatever its client wishes (IRC 6107(b)).',
  })
  readonly listUntil?: Day;
}
