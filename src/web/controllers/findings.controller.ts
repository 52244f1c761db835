import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ListMembers } from '../../access/list-members.js';
import { ReadFindings, spanDays, type SpanDays } from '../../access/read-findings.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import { ReviewLog } from '../../access/review-log.js';
import type { SiteMember } from '../../access/signed-in.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { findingPage } from '../pages/finding-page.js';
import { findingsPage } from '../pages/findings-page.js';
import { findingPath, findingsPageObject, shownFinding, wholeList, type Names } from './findings-page-object.js';
import { isReview, typedReview } from './typed-review.js';

/** What stands out in the log of a site, and what auditors write about it. */
@ApiExcludeController()
@Controller('findings')
export class FindingsController {
  constructor(
    private readonly pages: Pages,
    private readonly findings: ReadFindings,
    private readonly reviews: ReviewLog,
    private readonly members: ListMembers,
  ) {}

  @Get()
  @Requires('audit.read')
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Query('days') asked: unknown, @Query('all') list: unknown): Promise<void> {
    const days = spanDays(asked);
    await this.pages.send(request, reply, findingsPage, findingsPageObject(await this.findings.run(who, days), days, await this.names(who), wholeList(list)));
  }

  @Get(':key')
  @Requires('audit.read')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Param('key') key: string, @Query('days') asked: unknown): Promise<void> {
    await this.send(request, reply, who, { key, days: spanDays(asked), typed: {}, problems: [] });
  }

  @Post(':key')
  @Requires('audit.review')
  async review(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @WhoAtSite() who: SiteMember,
    @Param('key') key: string,
    @Query('days') asked: unknown,
    @Body() body: unknown,
  ): Promise<void> {
    const { typed, again } = sentForm(body);
    const days = spanDays(asked);
    const review = typedReview(typed);
    if (again || !isReview(review)) return this.send(request, reply, who, { key, days, typed, problems: again ?? (review as readonly FormProblem[]) });
    await this.reviews.ofFinding(who, await this.findings.find(who, days, key), review);
    await this.pages.redirect(reply, `/findings?days=${days}&said=saved`);
  }

  private async send(request: PageRequest, reply: FastifyReply, who: SiteMember, { key, days, typed, problems }: Shown): Promise<void> {
    const found = await this.findings.find(who, days, key);
    const action = findingPath(found, days);
    const page = { finding: shownFinding(found, days, await this.names(who)), form: { action, values: typed, problems } };
    const sent = { ...(request.method === 'POST' ? { status: 422, path: action } : {}), typed: { action, problems } };
    await this.pages.send(request, reply, findingPage, page, sent);
  }

  private async names(who: SiteMember): Promise<Names> {
    return new Map((await this.members.run(who)).map(({ id, name }) => [id, name]));
  }
}

interface Shown {
  readonly key: string;
  readonly days: SpanDays;
  readonly typed: FormValues;
  readonly problems: readonly FormProblem[];
}
