import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { PROBLEMS } from '../../catalogue/problems.js';
import { PlanIntake } from '../../intake/plan-intake.js';
import { StartedFromOther, StartIntakeOnce } from '../../intake/start-once.js';
import { Refusal } from '../../platform/refusal.js';
import type { FormProblem } from '../form/form-values.js';
import type { Notice } from '../http/notices.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { refusedFields } from '../http/refused-fields.js';
import { newIntakePage, type NewIntakePage } from '../pages/new-intake-page.js';
import { intakePath, livesUntil } from './intake-page-object.js';
import { SiteQuestions } from './site-questions.js';
import { topicPath } from './topic-path.js';

/** Starting an intake: before it, how long it would live. */
@ApiExcludeController()
@Controller('intakes')
export class IntakeNewController {
  constructor(
    private readonly pages: Pages,
    private readonly site: SiteQuestions,
    private readonly plan: PlanIntake,
    private readonly once: StartIntakeOnce,
  ) {}

  @Get('new')
  @Requires('intake.create')
  async show(@WhoAtSite() who: SiteMember, @Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.pages.send(request, reply, newIntakePage, await this.page(who, []), { typed: { action: '/intakes', problems: [] } });
  }

  @Post()
  @Requires('intake.create')
  async start(@WhoAtSite() who: SiteMember, @Req() request: PageRequest, @Res() reply: FastifyReply, @Body() body: unknown): Promise<void> {
    const { typed, again } = sentForm(body);
    const { taxYear = '', form } = typed;
    if (form === undefined) throw new Refusal('BAD_REQUEST', 'This is not what the form sends.');
    if (again) return this.refuse(who, request, reply, again, taxYear);
    try {
      const { id } = await this.once.run(who, { taxYear: /^\d{4}$/.test(taxYear) ? Number(taxYear) : undefined }, form);
      await this.leadTo(who, reply, id, 'created');
    } catch (error) {
      if (error instanceof StartedFromOther) return this.leadTo(who, reply, error.intakeId, 'started-before');
      await this.refuse(who, request, reply, refusedFields(error, { taxYear: { path: 'taxYear', reason: PROBLEMS.choice } }), taxYear);
    }
  }

  private async leadTo(who: SiteMember, reply: FastifyReply, id: string, said: Notice): Promise<void> {
    const [first] = (await this.site.of(who)).topics;
    await this.pages.redirect(reply, `${topicPath(intakePath(id), first!)}?said=${said}`);
  }

  private async refuse(who: SiteMember, request: PageRequest, reply: FastifyReply, problems: readonly FormProblem[], taxYear: string): Promise<void> {
    const typed = { action: '/intakes', problems } as const;
    await this.pages.send(request, reply, newIntakePage, await this.page(who, problems, taxYear), { status: 422, path: '/intakes/new', typed });
  }

  private async page(who: SiteMember, problems: readonly FormProblem[], chosen?: string): Promise<NewIntakePage> {
    const { taxYears, usualTaxYear, due } = await this.plan.run(who);
    const taxYear = taxYears.find((year) => String(year) === chosen) ?? usualTaxYear;
    return { form: randomUUID(), taxYears, taxYear, lives: livesUntil(due), problems };
  }
}
