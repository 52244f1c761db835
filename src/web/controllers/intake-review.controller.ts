import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import type { Topic } from '../../catalogue/topics.js';
import { FindDays, type ClassDays } from '../../intake/find-days.js';
import { ReadIntake } from '../../intake/read-intake.js';
import { Refusal } from '../../platform/refusal.js';
import { intakeId } from '../api/intake-id.js';
import { languageOf } from '../http/language-of.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { reviewPage } from '../pages/review-page.js';
import { intakePath } from './intake-page-object.js';
import { fieldsOf } from './open-topic.js';
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
    const read = await this.read.run(who, id, fieldsReviewed(topics), 'review').catch((refused: unknown) => {
      throw withNumbers(refused, days, topics);
    });
    const page = { ...reviewPageObject(read, days, topics, languageOf(request)), today: rules.today };
    await this.pages.send(request, reply, reviewPage, page);
  }
}

/** Numbers are not read here: where everything is gone, their day is said as well. */
function withNumbers(refused: unknown, { destroyed }: ClassDays, topics: readonly Topic[]): unknown {
  if (!(refused instanceof Refusal) || refused.code !== 'DESTROYED') return refused;
  const asked = new Set<string>(topics.flatMap(fieldsOf).map((field) => field.class));
  const days = Object.fromEntries(Object.entries(destroyed).filter(([name]) => asked.has(name)));
  return new Refusal(refused.code, refused.message, { ...refused.details, destroyed: days });
}
