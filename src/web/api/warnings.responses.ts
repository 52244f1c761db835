import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { OperatorReport } from '../../retention/warnings/operator-warnings.js';
import type { Severity, WarningKind } from '../../retention/warnings/operator-warning.js';
import { WARNING_WORDS } from '../words/warning-words.js';

class Warning {
  @ApiProperty({ enum: Object.keys(WARNING_WORDS) })
  readonly kind: WarningKind;

  @ApiProperty({ enum: ['serious', 'warning'] })
  readonly severity: Severity;

  @ApiPropertyOptional({ format: 'uuid', description: 'Of a late run: where.' })
  readonly site?: string;

  @ApiPropertyOptional({ type: String, format: 'date', description: 'Of a late run: the last day that had one.' })
  readonly lastDay?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  readonly run?: string;

  @ApiPropertyOptional()
  readonly reason?: string;

  @ApiPropertyOptional({ enum: ['records', 'keys'] })
  readonly database?: string;

  @ApiPropertyOptional({ type: 'integer' })
  readonly seconds?: number;

  @ApiPropertyOptional({ description: '`data`, or `secrets-1` and so on, in the order of the settings.' })
  readonly place?: string;

  @ApiPropertyOptional({ type: 'integer' })
  readonly freeMegabytes?: number;

  @ApiPropertyOptional({ type: 'integer' })
  readonly totalMegabytes?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'Of the master file, from 1, in the order of the settings.' })
  readonly location?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'Of missing hashes of the log: the first entry’s place in the tree.' })
  readonly entry?: number;

  @ApiPropertyOptional({ description: 'Of a log that is not signed: why, where the signer knows.' })
  readonly fault?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Of a log that is not signed: how old the oldest entry without a signature is.' })
  readonly minutes?: number;

  @ApiPropertyOptional({ enum: ['log', 'sections'], description: 'What the newest verification found not to be as it was written.' })
  readonly subject?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'How much of it.' })
  readonly found?: number;

  @ApiPropertyOptional({ description: 'By the name in its key.' })
  readonly witness?: string;

  @ApiPropertyOptional({ description: 'What a witness failed at.' })
  readonly failure?: string;

  @ApiPropertyOptional({ description: 'What could not be looked at.' })
  readonly check?: string;
}

export class Warnings {
  @ApiProperty({ type: () => Warning, isArray: true, description: 'Empty when all is well.' })
  readonly warnings: readonly Warning[];

  @ApiProperty({ enum: ['database-disks'], isArray: true, description: 'What has to be watched elsewhere: the disks of databases on servers of their own.' })
  readonly unseen: OperatorReport['unseen'];
}
