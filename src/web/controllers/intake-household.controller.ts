import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { ChangeIntake } from '../../intake/change-intake.js';
import { Refusal } from '../../platform/refusal.js';
import { intakeId } from '../api/intake-id.js';
import { formVersion } from '../http/form-version.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { postedForm } from '../http/posted-form.js';
import { householdPage } from '../pages/household-page.js';
import { removePersonPage } from '../pages/remove-person-page.js';
import { householdPageObject, placeFrom, removePersonPageObject } from './household-page-object.js';
import { intakePath } from './intake-page-object.js';
import { OpenTopic, type OpenedTopic } from './open-topic.js';
import { SiteQuestions, topicNamed } from './site-questions.js';
import { peopleIn } from './topic-page-object.js';
import { HOUSEHOLD, removePath } from './topic-path.js';

/** Who lives in the home: the list, and taking somebody out of it. */
@ApiExcludeController()
@Controller('intakes/:id/household')
export class IntakeHouseholdController {
  constructor(
    private readonly pages: Pages,
    private readonly site: SiteQuestions,
    private readonly open: OpenTopic,
    private readonly change: ChangeIntake,
  ) {}

  @Get()
  @Requires('intake.read')
  async list(@WhoAtSite() who: SiteMember, @Req() request: PageRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    await this.pages.send(request, reply, householdPage, householdPageObject(await this.opened(who, intakeId(id))));
  }

  @Get(':position/remove')
  @Requires('intake.read')
  async ask(
    @WhoAtSite() who: SiteMember,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('position') position: string,
  ): Promise<void> {
    const page = removePersonPageObject(await this.opened(who, intakeId(id)), placeFrom(position));
    await this.pages.send(request, reply, removePersonPage, page);
  }

  /** Against the version of the page that asked: in a list that changed since, the same place may be somebody else's. */
  @Post(':position/remove')
  @Requires('intake.change')
  async remove(
    @WhoAtSite() who: SiteMember,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('id') idText: string,
    @Param('position') positionText: string,
    @Body() body: unknown,
  ): Promise<void> {
    const [id, position, version] = [intakeId(idText), placeFrom(positionText), formVersion(postedForm(body))];
    const opened = await this.opened(who, id);
    if (opened.read.version !== version) return this.askAgain(request, reply, opened, position);
    const household = peopleIn(opened).filter((_, at) => at !== position);
    try {
      await this.change.run(who, id, { version, answers: { household } });
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'VERSION_CONFLICT')) throw error;
      return this.askAgain(request, reply, await this.opened(who, id), position);
    }
    await this.pages.redirect(reply, `${intakePath(id)}/household?said=removed`);
  }

  private async askAgain(request: PageRequest, reply: FastifyReply, opened: OpenedTopic, position: number): Promise<void> {
    const page = { ...removePersonPageObject(opened, position), changed: true };
    const path = removePath(intakePath(opened.read.id), position);
    await this.pages.send(request, reply, removePersonPage, page, { status: 409, path });
  }

  private async opened(who: SiteMember, id: string): Promise<OpenedTopic> {
    const asked = await this.site.of(who);
    return this.open.run(who, id, asked, topicNamed(asked, HOUSEHOLD));
  }
}
