import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { RETENTION_CLASSES } from '../../catalogue/retention-class.js';
import { STATUS, type RefusalCode } from '../../platform/refusal.js';
import { daysByClass } from './days-by-class.js';

class Reason {
  @ApiProperty()
  readonly en: string;

  @ApiProperty()
  readonly es: string;
}

class AnswerProblem {
  @ApiProperty({ example: 'household.0.firstName' })
  readonly path: string;

  @ApiProperty({ type: () => Reason })
  readonly reason: Reason;
}

/** The body of every refusal. It names fields and never holds what was in them. */
export class RefusalBody {
  @ApiProperty({ enum: Object.keys(STATUS), enumName: 'RefusalCode' })
  readonly code: RefusalCode;

  @ApiProperty({ description: 'For whoever reads the log of a client; programs go by the code.' })
  readonly message: string;

  @ApiPropertyOptional({ type: String, isArray: true, description: 'What it is about, such as household.0.firstName.' })
  readonly fields?: readonly string[];

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Of NOT_APPROVED_YET: from when on no approval is needed.' })
  readonly from?: Date;

  @ApiPropertyOptional({ type: () => AnswerProblem, isArray: true, description: 'Of answers: what is wrong with each, in words for people.' })
  readonly problems?: readonly AnswerProblem[];

  @ApiPropertyOptional({ type: 'integer', description: 'Of VERSION_CONFLICT: the version that is stored now.' })
  readonly version?: number;

  @ApiPropertyOptional(daysByClass('Of DESTROYED: the day each class went; `all` when nothing of the intake is left.', [...RETENTION_CLASSES, 'all']))
  readonly destroyed?: Readonly<Record<string, string>>;

  @ApiPropertyOptional({ format: 'uuid', description: 'Of DESTROYED: the intake, when it was erased early at its client’s request.' })
  readonly erased?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Of ALREADY_DONE: the request that waits for a decision.' })
  readonly approvalId?: string;

  @ApiPropertyOptional({ description: 'Of SECTION_NOT_AUTHENTIC: the retention class that did not open.' })
  readonly class?: string;

  @ApiPropertyOptional({ description: 'Of SECTION_NOT_AUTHENTIC: what did not fit.' })
  readonly reason?: string;
}
