import { ApiPropertyOptional } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { ifGiven } from './if-given.js';

export class StartRunDto {
  @ApiPropertyOptional({ example: '2027-05-01', description: 'Today, read off a calendar: asked for when the clocks are in doubt.' })
  @ifGiven
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  confirmToday?: string;
}
