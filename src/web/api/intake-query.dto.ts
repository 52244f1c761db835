import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString } from 'class-validator';
import { READ_PURPOSES, type ReadPurpose } from '../../audit/entry-parts.js';
import { ifGiven } from './if-given.js';

/** What else the address asks for is refused: a misspelt `fields` would read more than was meant. */
export class ReadQuery {
  @ApiPropertyOptional({ type: String, description: 'Dotted names or groups, joined by commas.', example: 'taxpayer,household' })
  @ifGiven
  @IsString({ each: true })
  fields?: string | string[];

  @ApiPropertyOptional({ enum: READ_PURPOSES, default: 'prepare' })
  @ifGiven
  @IsIn(READ_PURPOSES)
  purpose?: ReadPurpose;
}

export class ListQuery {
  @ApiPropertyOptional({ description: 'The `next` of the page before.' })
  @ifGiven
  @IsString()
  cursor?: string;

  @ApiPropertyOptional({ description: 'The same, under the name it was given by.' })
  @ifGiven
  @IsString()
  next?: string;
}
