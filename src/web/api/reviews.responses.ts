import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { REVIEW_OUTCOMES, type ReviewOutcome } from '../../audit/entry-parts.js';
import type { Review } from '../../audit/reviews.js';

export class ListedReview {
  @ApiProperty({ type: 'integer', description: 'The `id` of the entry that says so.' })
  readonly id: number;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly at: Date;

  @ApiPropertyOptional({ format: 'uuid', description: 'Who looked. Absent when `outcome` is `unreadable`.' })
  readonly member?: string;

  @ApiProperty({
    enum: [...REVIEW_OUTCOMES, 'unreadable'],
    enumName: 'ListedOutcome',
    description: '`unreadable`: its entry is not what was written, or is gone. It is listed with all that it may have been about.',
  })
  readonly outcome: ReviewOutcome | 'unreadable';

  @ApiPropertyOptional({ description: 'What they wrote. Absent when `changed`.' })
  readonly note?: string;

  @ApiPropertyOptional({ enum: [true], description: 'What is stored is not what the entry commits to, or is gone.' })
  readonly changed?: true;

  @ApiPropertyOptional({ type: 'integer', description: 'Of a finding: the newest entry that it rested on then.' })
  readonly last?: number;

  static of({ id, at, member, outcome, note, last }: Review): ListedReview {
    const written = note === 'changed' ? { changed: true as const } : { note: note.text };
    return { id, at, ...(member === undefined ? {} : { member }), outcome, ...written, ...(last === undefined ? {} : { last }) };
  }
}

export class ReviewList {
  @ApiProperty({ type: () => ListedReview, isArray: true, description: 'Oldest first.' })
  readonly reviews: readonly ListedReview[];
}

export class ReviewWritten {
  @ApiProperty({ type: 'integer', description: 'The `id` of the entry that says so.' })
  readonly id: number;
}
