import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { Refusal } from '../../platform/refusal.js';
import { intakeId } from '../api/intake-id.js';
import { askedInputs, type AskedInput } from '../form/asked-input.js';
import { languageOf } from '../http/language-of.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { postedForm } from '../http/posted-form.js';
import { conflictPage } from '../pages/conflict-page.js';
import { personPage, type PersonPage } from '../pages/person-page.js';
import { personNumber } from '../words/intake-words.js';
import { conflictPageObject } from './conflict-page-object.js';
import { placeFrom } from './household-page-object.js';
import { intakePath } from './intake-page-object.js';
import { OpenTopic, type OpenedTopic } from './open-topic.js';
import { SaveTopic } from './save-topic.js';
import { SiteQuestions, topicNamed } from './site-questions.js';
import { peopleIn, topicPageObject, type Refused } from './topic-page-object.js';
import { HOUSEHOLD, personPath, savedPath, topicPath } from './topic-path.js';

/** One person of the household by place, from 0; the place one past the last adds somebody. */
@ApiExcludeController()
@Controller('intakes/:id/household/:position')
export class IntakePersonController {
  constructor(
    private readonly pages: Pages,
    private readonly site: SiteQuestions,
    private readonly open: OpenTopic,
    private readonly saving: SaveTopic,
  ) {}

  @Get()
  @Requires('intake.read')
  async show(
    @WhoAtSite() who: SiteMember,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('id') idText: string,
    @Param('position') positionText: string,
  ): Promise<void> {
    const [id, position] = [intakeId(idText), placeFrom(positionText)];
    const asked = await this.site.of(who);
    const opened = await this.open.run(who, id, asked, topicNamed(asked, HOUSEHOLD));
    if (position > peopleIn(opened).length) throw new Refusal('NOT_FOUND', 'There is nobody in this place of the household.');
    await this.pages.send(request, reply, personPage, pageObject(opened, position, askedInputs(opened.fields, [position])));
  }

  @Post()
  @Requires('intake.change')
  async save(
    @WhoAtSite() who: SiteMember,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('id') idText: string,
    @Param('position') positionText: string,
    @Body() body: unknown,
  ): Promise<void> {
    const [id, position, sent] = [intakeId(idText), placeFrom(positionText), postedForm(body)];
    const asked = await this.site.of(who);
    const outcome = await this.saving.run(who, { id, asked, topic: topicNamed(asked, HOUSEHOLD), positions: [position], sent });
    const household = topicPath(intakePath(id), { id: HOUSEHOLD });
    const action = personPath(intakePath(id), position);
    switch (outcome.kind) {
      case 'saved':
        return this.pages.redirect(reply, savedPath(intakePath(id), household, sent));
      case 'refused': {
        const page = pageObject(outcome.opened, position, outcome.inputs, outcome);
        return this.pages.send(request, reply, personPage, page, { status: 422, path: household });
      }
      case 'conflict': {
        const page = conflictPageObject(outcome, { about: personNumber(position + 1), action, reopen: household }, languageOf(request));
        return this.pages.send(request, reply, conflictPage, page, { status: 409, path: household });
      }
    }
  }
}

function pageObject(opened: OpenedTopic, position: number, inputs: readonly AskedInput[], refused?: Refused): PersonPage {
  const intake = intakePath(opened.read.id);
  const page = topicPageObject(opened, inputs, personPath(intake, position), refused);
  return { ...page, position, household: topicPath(intake, { id: HOUSEHOLD }) };
}
