import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReadFindings, spanDays } from '../../access/read-findings.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import { ReviewLog } from '../../access/review-log.js';
import type { SiteMember } from '../../access/signed-in.js';
import { Refusal } from '../../platform/refusal.js';
import { OF_BODIES, OF_MEMBERS, Refuses } from './refuses.js';
import { ReviewDto, ReviewsQuery } from './reviews.dto.js';
import { ListedReview, ReviewList, ReviewWritten } from './reviews.responses.js';

/** What auditors write about what they looked at. Nobody changes it or takes it away. */
@ApiTags('audit')
@ApiBearerAuth()
@Controller('api/audit/reviews')
export class ReviewsController {
  constructor(
    private readonly reviews: ReviewLog,
    private readonly findings: ReadFindings,
  ) {}

  @Get()
  @Requires('audit.read')
  @ApiOperation({ summary: 'The notes about a finding or about an entry; reading them is an entry' })
  @ApiOkResponse({ type: ReviewList })
  @Refuses(...OF_MEMBERS, 'INVALID_INPUT', 'NOT_FOUND')
  async list(@WhoAtSite() who: SiteMember, @Query() { finding, entry }: ReviewsQuery): Promise<ReviewList> {
    const about = oneOfThem(finding, entry === undefined ? undefined : Number(entry));
    const reviews = 'finding' in about ? await this.reviews.readOfFinding(who, about.finding) : (await this.reviews.readEntry(who, about.entry)).reviews;
    return { reviews: reviews.map(ListedReview.of) };
  }

  @Post()
  @HttpCode(201)
  @Requires('audit.review')
  @ApiOperation({ summary: 'Write a note about a finding or about an entry' })
  @ApiCreatedResponse({ type: ReviewWritten })
  @Refuses(...OF_MEMBERS, ...OF_BODIES, 'NOT_FOUND')
  async write(@WhoAtSite() who: SiteMember, @Body() { finding, days, entry, outcome, note }: ReviewDto): Promise<ReviewWritten> {
    const [about, review] = [oneOfThem(finding, entry), { outcome, note }];
    if ('entry' in about) return { id: await this.reviews.ofEntry(who, about.entry, review) };
    return { id: await this.reviews.ofFinding(who, await this.findings.find(who, spanDays(days), about.finding), review) };
  }
}

/** @throws Refusal INVALID_INPUT for both, or neither */
function oneOfThem(finding: string | undefined, entry: number | undefined): { readonly finding: string } | { readonly entry: number } {
  if (finding !== undefined && entry === undefined) return { finding };
  if (entry !== undefined && finding === undefined) return { entry };
  throw new Refusal('INVALID_INPUT', 'Name either a finding or an entry.', { fields: ['finding', 'entry'] });
}
