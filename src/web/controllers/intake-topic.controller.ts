import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { HOUSEHOLD_SLOTS } from '../../catalogue/answers.js';
import { FindErasure } from '../../intake/erasure/find-erasure.js';
import { FindDays } from '../../intake/find-days.js';
import { intakeId } from '../api/intake-id.js';
import { askedInputs } from '../form/asked-input.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { removePeople } from '../form/remove-people.js';
import { languageOf } from '../http/language-of.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { conflictPage } from '../pages/conflict-page.js';
import { topicPage } from '../pages/topic-page.js';
import { whatIsLeftPage } from '../pages/what-is-left-page.js';
import { conflictPageObject } from './conflict-page-object.js';
import { intakePath } from './intake-page-object.js';
import { OpenTopic, type OpenedTopic } from './open-topic.js';
import { CONFLICT, SaveTopic, type SentPage } from './save-topic.js';
import { SiteQuestions, topicNamed } from './site-questions.js';
import { peopleIn, topicPageObject } from './topic-page-object.js';
import { HOUSEHOLD, pathAfter, savedPath, topicPath } from './topic-path.js';
import { leftTopics, whatIsLeftObject } from './what-is-left-page-object.js';

/** One topic of an intake at a time: shown with what is stored, and saved. */
@ApiExcludeController()
@Controller('intakes/:id/:topic')
export class IntakeTopicController {
  constructor(
    private readonly pages: Pages,
    private readonly site: SiteQuestions,
    private readonly open: OpenTopic,
    private readonly saving: SaveTopic,
    private readonly days: FindDays,
    private readonly erasures: FindErasure,
  ) {}

  @Get()
  @Requires('intake.read')
  async show(
    @WhoAtSite() who: SiteMember,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('id') idText: string,
    @Param('topic') topicId: string,
  ): Promise<void> {
    const id = intakeId(idText);
    const asked = await this.site.of(who, id);
    const topic = topicNamed(asked, topicId);
    const opened = await this.open.run(who, id, asked, topic);
    if (leftTopics(opened.days).some((left) => left.id === topic.id)) {
      const receipt = (await this.erasures.find(who, id)) && (`${intakePath(id)}/erasure/receipt` as const);
      const left = whatIsLeftObject(opened, await this.site.mayHold(who), languageOf(request));
      return this.pages.send(request, reply, whatIsLeftPage, { ...left, ...(receipt && { receipt }) });
    }
    const inputs = askedInputs(opened.fields, placesOn(opened));
    const action = topicPath(intakePath(id), topic);
    await this.pages.send(request, reply, topicPage, topicPageObject(opened, inputs, action), { typed: { action, problems: [] } });
  }

  @Post()
  @Requires('intake.change')
  async save(
    @WhoAtSite() who: SiteMember,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('id') idText: string,
    @Param('topic') topicId: string,
    @Body() body: unknown,
  ): Promise<void> {
    const id = intakeId(idText);
    const { typed: sent, again } = sentForm(body);
    const asked = await this.site.of(who, id);
    const topic = topicNamed(asked, topicId);
    await this.answer(who, request, reply, { id, asked, topic, positions: positionsIn(removePeople(sent)), sent }, again);
  }

  private async answer(who: SiteMember, request: PageRequest, reply: FastifyReply, page: SentPage, again: readonly FormProblem[] | undefined): Promise<void> {
    const { id, asked, topic, sent } = page;
    const action = topicPath(intakePath(id), topic);
    const outcome = again ? await this.saving.again(who, page, again) : await this.saving.run(who, page);
    switch (outcome.kind) {
      case 'saved': {
        const life = { ...(await this.days.run(who, id)), stage: outcome.stage };
        const next = pathAfter(intakePath(id), asked.topics, topic.id, life);
        return this.pages.redirect(reply, savedPath(intakePath(id), next, sent));
      }
      case 'refused':
        return this.pages.send(request, reply, topicPage, topicPageObject(outcome.opened, outcome.inputs, action, outcome), {
          status: 422,
          path: action,
          typed: { action, problems: outcome.problems },
        });
      case 'conflict': {
        const page = conflictPageObject(outcome, { about: topic.title, action, reopen: action }, languageOf(request));
        return this.pages.send(request, reply, conflictPage, page, { status: 409, path: action, typed: { action, problems: CONFLICT } });
      }
    }
  }
}

/** Whom a page asks about: the household has a place for each who may be entered, other pages ask about those who are. */
function placesOn(opened: OpenedTopic): readonly number[] {
  return opened.topic.id === HOUSEHOLD ? [...Array(HOUSEHOLD_SLOTS).keys()] : [...peopleIn(opened).keys()];
}

/** The people whom a sent page asks about: the household may have changed since the page was made. */
function positionsIn(sent: FormValues): readonly number[] {
  return Array.from({ length: HOUSEHOLD_SLOTS }, (_, position) => position).filter((position) =>
    Object.keys(sent).some((name) => name.startsWith(`household.${position}.`)),
  );
}
