import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Matches } from 'class-validator';
import { ifGiven } from './if-given.js';

export class StartRunDto {
  @ApiPropertyOptional({ example: '2027-05-01', description: 'Today, read off a calendar: asked for when the clocks are in doubt.' })
  @ifGiven
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  confirmToday?: string;
}

export class PreviewDto {
  @ApiPropertyOptional({ example: '2027-05-01', description: 'The last run that counts: today, which is the default, or up to 400 days ahead.' })
  @ifGiven
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  asOf?: string;

  @ApiPropertyOptional({ description: 'The `next` of the page before.' })
  @ifGiven
  @IsString()
  cursor?: string;
}
