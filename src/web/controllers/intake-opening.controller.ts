import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { FindDays } from '../../intake/find-days.js';
import { FindIntake } from '../../intake/find-intake.js';
import { intakeId } from '../api/intake-id.js';
import { Pages } from '../http/pages.js';
import { whyClosed } from './closed-topic.js';
import { intakePath } from './intake-page-object.js';
import { SiteQuestions } from './site-questions.js';
import { topicPath } from './topic-path.js';

const NOTHING_ENTERED = 1;

/** The door of an intake. What was never saved begins with the first topic while that can be answered, anything else with what was entered. */
@ApiExcludeController()
@Controller('intakes/:id')
export class IntakeOpeningController {
  constructor(
    private readonly pages: Pages,
    private readonly site: SiteQuestions,
    private readonly find: FindIntake,
    private readonly days: FindDays,
  ) {}

  @Get()
  @Requires('intake.read')
  async enter(@WhoAtSite() who: SiteMember, @Res() reply: FastifyReply, @Param('id') idText: string): Promise<void> {
    const id = intakeId(idText);
    const { version, stage } = await this.find.run(who, id);
    const [first] = (await this.site.of(who)).topics;
    const isNew = version === NOTHING_ENTERED && stage === 'open' && whyClosed(first!, { ...(await this.days.run(who, id)), stage }) === undefined;
    await this.pages.redirect(reply, isNew ? topicPath(intakePath(id), first!) : `${intakePath(id)}/review`);
  }
}
