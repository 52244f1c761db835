import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { SPANS } from '../../access/read-findings.js';
import { ifGiven } from './if-given.js';

export class FindingsQuery {
  @ApiPropertyOptional({ enum: SPANS.map(String), default: '30', description: 'How many days back.' })
  @ifGiven
  @IsIn(SPANS.map(String))
  days?: string;
}
