import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ReviewedFinding } from '../../access/read-findings.js';
import { WATCH_RULES, type WatchRule } from '../../access/watch-by-log.js';
import { DETECTORS, findingKey, type DetectorName } from '../../audit/findings/finding.js';
import { isSettled } from '../../audit/reviews.js';
import { ListedReview } from './reviews.responses.js';

export class ListedFinding {
  @ApiProperty({ description: 'Its name for as long as the log stands.', example: 'many-intakes.1204' })
  readonly key: string;

  @ApiProperty({ enum: DETECTORS, enumName: 'Detector', description: 'What was looked for.' })
  readonly detector: DetectorName;

  @ApiPropertyOptional({ format: 'uuid', description: 'Who did it; of failed sign-ins whose account it was, absent when there is no such account.' })
  readonly member?: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'Of its first entry.' })
  readonly from: Date;

  @ApiProperty({ type: String, format: 'date-time', description: 'Of its newest entry.' })
  readonly until: Date;

  @ApiProperty({ type: 'integer', description: 'The `id` of its first entry.' })
  readonly first: number;

  @ApiProperty({ type: 'integer', description: 'The `id` of its newest entry.' })
  readonly last: number;

  @ApiProperty({ type: 'integer', minimum: 1 })
  readonly entries: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'Different ones; where intakes are what it is about.' })
  readonly intakes?: number;

  @ApiPropertyOptional({ type: [String], description: 'Of refused attempts: what was not allowed.' })
  readonly permissions?: readonly string[];

  @ApiProperty({ description: 'Looked at and done with: by somebody else than it is about; it has not grown since, and nobody wants to come back to it.' })
  readonly settled: boolean;

  @ApiProperty({ type: () => ListedReview, isArray: true, description: 'What auditors wrote about it, oldest first.' })
  readonly reviews: readonly ListedReview[];

  static of({ reviews, ...finding }: ReviewedFinding): ListedFinding {
    return { key: findingKey(finding), ...finding, settled: isSettled(finding, reviews), reviews: reviews.map(ListedReview.of) };
  }
}

export class FindingList {
  @ApiProperty({ type: String, format: 'date-time' })
  readonly from: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly before: Date;

  @ApiProperty({ type: () => ListedFinding, isArray: true, description: 'By what was looked for, and of each the newest first.' })
  readonly findings: readonly ListedFinding[];

  @ApiProperty({ enum: DETECTORS, enumName: 'Detector', isArray: true, description: 'Of which there are more than are listed.' })
  readonly more: readonly DetectorName[];

  @ApiProperty({ enum: WATCH_RULES, enumName: 'WatchRule', isArray: true, description: 'Settings of the site that the database does not have as the log says, or that the log does not tell any more. What is found goes by the log.' })
  readonly settingsNotAsLogged: readonly WatchRule[];
}
