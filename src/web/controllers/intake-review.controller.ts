import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { FindDays } from '../../intake/find-days.js';
import { ReadIntake } from '../../intake/read-intake.js';
import { intakeId } from '../api/intake-id.js';
import { languageOf } from '../http/language-of.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { reviewPage } from '../pages/review-page.js';
import { intakePath } from './intake-page-object.js';
import { fieldsReviewed, reviewPageObject } from './review-page-object.js';
import { SiteQuestions } from './site-questions.js';
import { topicPath } from './topic-path.js';
import { leftTopics } from './what-is-left-page-object.js';

/** Everything entered on one page, to be read through with the client. In the log as a review. Where nothing can be worked on any more, what is left is shown. */
@ApiExcludeController()
@Controller('intakes/:id/review')
export class IntakeReviewController {
  constructor(
    private readonly pages: Pages,
    private readonly site: SiteQuestions,
    private readonly read: ReadIntake,
    private readonly days: FindDays,
  ) {}

  @Get()
  @Requires('intake.read')
  async show(@WhoAtSite() who: SiteMember, @Req() request: PageRequest, @Res() reply: FastifyReply, @Param('id') idText: string): Promise<void> {
    const id = intakeId(idText);
    const { topics, rules } = await this.site.of(who, id);
    const days = await this.days.run(who, id);
    const [left] = leftTopics(days);
    if (left) return this.pages.redirect(reply, topicPath(intakePath(id), left));
    const read = await this.read.run(who, id, fieldsReviewed(topics), 'review');
    const page = { ...reviewPageObject(read, days, topics, languageOf(request)), today: rules.today };
    await this.pages.send(request, reply, reviewPage, page);
  }
}
