import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { SPANS, type SpanDays } from '../../access/read-findings.js';
import { REVIEW_OUTCOMES, type ReviewOutcome } from '../../audit/entry-parts.js';
import { LONGEST_NOTE } from '../../audit/longest-cells.js';
import { ifGiven } from './if-given.js';

const KEY = 'The `key` of something that stands out. Either this or `entry`.';
const ENTRY = 'The `id` of an entry. Either this or `finding`.';
const MOST_ID = 999_999_999_999_999;

/** Of one finding or of one entry. */
export class ReviewsQuery {
  @ApiPropertyOptional({ description: KEY, example: 'many-intakes.1204' })
  @ifGiven
  @IsString()
  @MaxLength(60)
  finding?: string;

  @ApiPropertyOptional({ type: 'integer', description: ENTRY })
  @ifGiven
  @Matches(/^\d{1,15}$/)
  entry?: string;
}

export class ReviewDto {
  @ApiPropertyOptional({ description: KEY, example: 'many-intakes.1204' })
  @ifGiven
  @IsString()
  @MaxLength(60)
  readonly finding?: string;

  @ApiPropertyOptional({ enum: SPANS, default: 30, description: 'Of a finding: the days among which it was found.' })
  @ifGiven
  @IsIn(SPANS)
  readonly days?: SpanDays;

  @ApiPropertyOptional({ type: 'integer', description: ENTRY })
  @ifGiven
  @IsInt()
  @Min(0)
  @Max(MOST_ID)
  readonly entry?: number;

  @ApiProperty({ enum: REVIEW_OUTCOMES, enumName: 'ReviewOutcome', description: 'After `follow-up` a finding stays open.' })
  @IsIn(REVIEW_OUTCOMES)
  readonly outcome: ReviewOutcome;

  @ApiProperty({ maxLength: LONGEST_NOTE, description: 'Nobody can change it later. Nothing about clients, and no number of a person, an account or a document.' })
  @IsString()
  @MaxLength(2 * LONGEST_NOTE)
  readonly note: string;
}
