import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';

export class StartRunDto {
  @ApiPropertyOptional({ example: '2027-05-01', description: 'Today, read off a calendar: asked for when the clocks are in doubt.' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  confirmToday?: string;
}
