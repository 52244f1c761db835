import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { catalogue } from '../../catalogue/catalogue.js';
import type { Wording } from '../../catalogue/wording.js';
import { ChangeIntake } from '../../intake/change-intake.js';
import { StepsOntoList } from '../../intake/steps-onto-list.js';
import { nextStages, STAGES, type Stage } from '../../intake/stage.js';
import { Refusal } from '../../platform/refusal.js';
import { intakeId } from '../api/intake-id.js';
import { askedInputs } from '../form/asked-input.js';
import { formToAnswers } from '../form/form-to-answers.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { formVersion } from '../http/form-version.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { lastStagePage, type LastStage, type LastStagePage } from '../pages/last-stage-page.js';
import type { AskedForList } from '../pages/list-questions.js';
import { stagePage, type StagePage } from '../pages/stage-page.js';
import { LAST_STAGES, STAGE_CHANGE_WORDS as WORDS } from '../words/intake-words.js';
import { IntakeHeading } from './intake-heading.js';
import { intakePath } from './intake-page-object.js';
import { LastStagePageObject } from './last-stage-page-object.js';
import { problemsOf } from './save-topic.js';

/** A form of a stage that was sent, by whom and about which intake. */
interface SentStage {
  readonly who: SiteMember;
  readonly request: PageRequest;
  readonly reply: FastifyReply;
  readonly id: string;
  readonly typed: FormValues;
  readonly version: number;
}

/** Moving an intake to another stage, with what each step means for how long answers live. */
@ApiExcludeController()
@Controller('intakes/:id/stage')
export class IntakeStageController {
  constructor(
    private readonly pages: Pages,
    private readonly heading: IntakeHeading,
    private readonly change: ChangeIntake,
    private readonly last: LastStagePageObject,
    private readonly onto: StepsOntoList,
  ) {}

  @Get()
  @Requires('intake.stage')
  async show(@WhoAtSite() who: SiteMember, @Req() request: PageRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const page = await this.page(who, intakeId(id), { 'preparerList.preparedBy': who.name });
    if (page.intake.isReadOnly) return this.pages.redirect(reply, `${page.intake.path}/review`);
    const typed = page.allowed.length > 0 && { typed: { action: `${page.intake.path}/stage`, problems: [] } as const };
    await this.pages.send(request, reply, stagePage, page, { ...typed });
  }

  /** A stage from which no way leads back has a page of its own, and is confirmed there. */
  @Post()
  @Requires('intake.stage')
  async move(
    @WhoAtSite() who: SiteMember,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('id') idText: string,
    @Body() body: unknown,
  ): Promise<void> {
    const id = intakeId(idText);
    const { typed, again } = sentForm(body);
    const sent = { who, request, reply, id, typed, version: formVersion(typed) };
    const stage = STAGES.find((name) => name === typed['stage']);
    if (again) return this.showAgain(sent, 422, again);
    if (!stage) return this.showAgain(sent, 422, problem(WORDS.choose));
    if (isLast(stage)) return this.pages.redirect(reply, `${intakePath(id)}/stage/${stage}`);
    const comesOn = (await this.onto.run(who, id)).includes(stage);
    await this.take(sent, { stage, ...(comesOn && { answers: listTyped(typed) }) });
  }

  /** A choice that shows the new days first. What cannot be chosen from here is shown as the stages are. */
  @Get(':end')
  @Requires('intake.stage')
  async showLast(
    @WhoAtSite() who: SiteMember,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('id') idText: string,
    @Param('end') end: string,
  ): Promise<void> {
    const sent = { who, request, reply, id: intakeId(idText), typed: { 'preparerList.preparedBy': who.name } };
    await this.sendLast(sent, lastStageNamed(end), 200);
  }

  @Post(':end')
  @Requires('intake.stage')
  async confirmLast(
    @WhoAtSite() who: SiteMember,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('id') idText: string,
    @Param('end') end: string,
    @Body() body: unknown,
  ): Promise<void> {
    const [id, stage] = [intakeId(idText), lastStageNamed(end)];
    const { typed, again } = sentForm(body);
    const sent = { who, request, reply, id, typed, version: formVersion(typed) };
    if (again) return this.sendLast(sent, stage, 422, again);
    const comesOn = (await this.onto.run(who, id)).includes(stage);
    await this.take(sent, { stage, ...(comesOn && { answers: listTyped(typed) }) });
  }

  private async take(sent: SentStage, step: { readonly stage: Stage; readonly answers?: object }): Promise<void> {
    const { who, reply, id, version } = sent;
    try {
      await this.change.run(who, id, { version, ...step });
    } catch (error) {
      const wrong = problemsOf(error);
      if (wrong) return isLast(step.stage) ? this.sendLast(sent, step.stage, 422, wrong) : this.showAgain(sent, 422, wrong);
      if (!isOutdated(error)) throw error;
      return this.showAgain(sent, error.status, problem(WORDS.changed));
    }
    await this.pages.redirect(reply, `${intakePath(id)}/stage?said=staged`);
  }

  private async showAgain({ who, request, reply, id, typed }: SentStage, status: number, problems: readonly FormProblem[]): Promise<void> {
    const path = `${intakePath(id)}/stage` as const;
    await this.pages.send(request, reply, stagePage, await this.page(who, id, typed, problems), { status, path, typed: { action: path, problems } });
  }

  private async sendLast({ who, request, reply, id, typed }: Omit<SentStage, 'version'>, stage: LastStage, status: number, problems: readonly FormProblem[] = []): Promise<void> {
    const found = await this.last.of(who, id, stage);
    if (!found) return this.pages.redirect(reply, `${intakePath(id)}/stage`);
    const list = await this.list(who, id, [stage]);
    const path = `${intakePath(id)}/stage/${stage}` as const;
    const page: LastStagePage = { ...found, typed, problems, ...list };
    await this.pages.send(request, reply, lastStagePage, page, { status, path, ...('list' in list && { typed: { action: path, problems } }) });
  }

  private async page(who: SiteMember, id: string, typed: FormValues, problems: readonly FormProblem[] = []): Promise<StagePage> {
    const intake = await this.heading.run(who, id);
    const allowed = nextStages(intake.stage);
    return { intake, allowed, typed, problems, ...(await this.list(who, id, allowed.filter((stage) => !isLast(stage)))) };
  }

  /** What is asked for the list on the page where these steps are taken. */
  private async list(who: SiteMember, id: string, taken: readonly Stage[]): Promise<{ readonly list?: AskedForList }> {
    const steps = (await this.onto.run(who, id)).filter((stage) => taken.includes(stage));
    return steps.length > 0 ? { list: { steps, inputs: LIST_INPUTS } } : {};
  }
}

/** The tax year is the intake's own, and is not asked. */
const LIST_INPUTS = askedInputs(catalogue.fields.filter(({ group, name }) => group === 'preparerList' && name !== 'taxYear'));

/** What was typed for the list, and no other field of the form. */
function listTyped(typed: FormValues): object {
  return formToAnswers(LIST_INPUTS, Object.fromEntries(Object.entries(typed).filter(([name]) => name.startsWith('preparerList.')))).groups;
}

function isLast(stage: Stage): stage is LastStage {
  return Object.hasOwn(LAST_STAGES, stage);
}

/** @throws Refusal NOT_FOUND */
function lastStageNamed(name: string): LastStage {
  const stage = STAGES.find((one) => one === name);
  if (!stage || !isLast(stage)) throw new Refusal('NOT_FOUND', 'There is no such page.');
  return stage;
}

function problem(reason: Wording): readonly FormProblem[] {
  return [{ path: 'stage', reason }];
}

/** The page offers allowed steps alone, so that a refused one was offered before somebody else's change. */
function isOutdated(error: unknown): error is Refusal {
  return error instanceof Refusal && (error.code === 'VERSION_CONFLICT' || error.code === 'STAGE_NOT_ALLOWED');
}
