import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsDefined, IsInt, IsString, MaxLength } from 'class-validator';
import { ifGiven } from './if-given.js';

export class PolicyProposalDto {
  @ApiProperty({ type: Object, description: 'The whole document, as `GET /api/retention/policy` gives it: format, classes, preparerList where it is there, log. What else is in it is refused by name.' })
  @IsDefined()
  readonly document: unknown;

  @ApiProperty({ format: 'date', description: 'When it takes effect: 30 days ahead at the earliest where it shortens anything, else from the next day on.' })
  @IsString()
  readonly effectiveDay: string;

  @ApiProperty({ minLength: 10, maxLength: 500, description: 'Why, for whoever decides.' })
  @IsString()
  @MaxLength(2_000)
  readonly reason: string;

  @ApiPropertyOptional({ type: 'integer', description: 'The version that the document was written after: refused (`VERSION_CONFLICT`) when another has been published since.' })
  @ifGiven
  @IsInt()
  readonly after?: number;
}
