import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ListMembers } from '../../access/list-members.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import { ReviewLog } from '../../access/review-log.js';
import type { SiteMember } from '../../access/signed-in.js';
import { Refusal } from '../../platform/refusal.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { entryPage } from '../pages/entry-page.js';
import { rowOf } from './entries-page-object.js';
import { shownReviews } from './findings-page-object.js';
import { isReview, typedReview } from './typed-review.js';

/** One entry of the log alone, and what auditors write about it. */
@ApiExcludeController()
@Controller('entries')
export class EntryController {
  constructor(
    private readonly pages: Pages,
    private readonly reviews: ReviewLog,
    private readonly members: ListMembers,
  ) {}

  @Get(':id')
  @Requires('audit.read')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Param('id') id: string): Promise<void> {
    await this.send(request, reply, who, entryId(id), {}, []);
  }

  @Post(':id')
  @Requires('audit.review')
  async review(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Param('id') idText: string, @Body() body: unknown): Promise<void> {
    const id = entryId(idText);
    const { typed, again } = sentForm(body);
    const review = typedReview(typed);
    if (again || !isReview(review)) return this.send(request, reply, who, id, typed, again ?? (review as readonly FormProblem[]));
    await this.reviews.ofEntry(who, id, review);
    await this.pages.redirect(reply, `/entries/${id}?said=saved`);
  }

  private async send(request: PageRequest, reply: FastifyReply, who: SiteMember, id: number, typed: FormValues, problems: readonly FormProblem[]): Promise<void> {
    const { entry, reviews } = await this.reviews.readEntry(who, id);
    const names = new Map((await this.members.run(who)).map((member) => [member.id, member.name]));
    const action = `/entries/${id}` as const;
    const page = { entry: rowOf(entry, names), reviews: shownReviews(reviews, names), form: { action, values: typed, problems } };
    const sent = { ...(request.method === 'POST' ? { status: 422, path: action } : {}), typed: { action, problems } };
    await this.pages.send(request, reply, entryPage, page, sent);
  }
}

/** @throws Refusal NOT_FOUND for what is no entry's number at all */
function entryId(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Refusal('NOT_FOUND', 'There is no such entry here.');
  return Number(text);
}
