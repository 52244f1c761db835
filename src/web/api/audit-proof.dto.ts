import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { ifGiven } from './if-given.js';

/** A decimal that JavaScript's numbers hold exactly. */
const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,14})$/;
const NUMBER: ApiPropertyOptions = { type: 'integer', minimum: 0 };

export class InclusionQuery {
  @ApiProperty({ ...NUMBER, description: 'The entry’s place in the tree.' })
  @Matches(WHOLE_NUMBER)
  index: string;

  @ApiPropertyOptional({ ...NUMBER, description: 'Of the tree; the newest signed one’s when it is left out.' })
  @ifGiven
  @Matches(WHOLE_NUMBER)
  size?: string;
}

export class TlogProofQuery {
  @ApiProperty({ ...NUMBER, description: 'The entry’s place in the tree.' })
  @Matches(WHOLE_NUMBER)
  index: string;
}

export class ConsistencyQuery {
  @ApiProperty({ ...NUMBER, description: 'Size of the older tree.' })
  @Matches(WHOLE_NUMBER)
  from: string;

  @ApiPropertyOptional({ ...NUMBER, description: 'Size of the newer one; the newest signed one’s when it is left out.' })
  @ifGiven
  @Matches(WHOLE_NUMBER)
  to?: string;
}
