import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isAllowed } from '../../access/permissions.js';
import { Requires, Who } from '../../access/requires.js';
import type { SignedIn } from '../../access/signed-in.js';
import { day, type Day } from '../../platform/clock.js';
import { Refusal } from '../../platform/refusal.js';
import { DestructionCertificates } from '../../retention/destruction-certificates.js';
import { DueCounts } from '../../retention/due-counts.js';
import { PurgeRuns } from '../../retention/purge-runs.js';
import { RunPurge } from '../../retention/run-purge.js';
import { OperatorWarnings } from '../../retention/warnings/operator-warnings.js';
import { runId } from '../api/run-id.js';
import type { FormProblem } from '../form/form-values.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { refusedFields } from '../http/refused-fields.js';
import type { LocalPath } from '../shell/local-path.js';
import { runProgressPage } from '../pages/run-progress-page.js';
import { runsPage } from '../pages/runs-page.js';
import { PROBLEM_WORDS as WORDS } from '../words/problem-words.js';
import { progressPageObject, runPath, runsPageObject } from './runs-page-object.js';
import { watchRun } from './watch-run.js';

const RECENT = 30;

@ApiExcludeController()
@Controller('runs')
export class RunsController {
  constructor(
    private readonly pages: Pages,
    private readonly dueCounts: DueCounts,
    private readonly runs: PurgeRuns,
    private readonly runPurge: RunPurge,
    private readonly certificates: DestructionCertificates,
    private readonly warnings: OperatorWarnings,
  ) {}

  @Get()
  @Requires('retention.read')
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply, @Who() who: SignedIn): Promise<void> {
    await this.show(request, reply, who, []);
  }

  /** Starts a run, which destroys what is due and nothing else. One that is under way already is shown instead. */
  @Post()
  @Requires('retention.run')
  async start(@Req() request: PageRequest, @Res() reply: FastifyReply, @Who() who: SignedIn, @Body() body: unknown): Promise<void> {
    const { typed, again } = sentForm(body);
    const started = again ?? (await this.attempt(who, typed['confirmToday']));
    if (typeof started === 'string') return this.pages.redirect(reply, started);
    await this.show(request, reply, who, started);
  }

  @Get(':id')
  @Requires('retention.read')
  async progress(@Req() request: PageRequest, @Res() reply: FastifyReply, @Param('id') id: string, @Query('watch') watch?: string): Promise<void> {
    const run = await this.runs.find(runId(id));
    if (!run) throw new Refusal('NOT_FOUND', 'There is no such run.');
    const isWatched = watch === 'on' && run.state === 'running';
    const page = progressPageObject(run, isWatched);
    if (!isWatched) return this.pages.send(request, reply, runProgressPage, page);
    await this.pages.stream(request, reply, runProgressPage, page, watchRun(() => this.runs.find(run.id), run));
  }

  private async show(request: PageRequest, reply: FastifyReply, who: SignedIn, problems: readonly FormProblem[]): Promise<void> {
    const warnings = isAllowed(who, 'warning.read') ? (await this.warnings.read()).warnings : [];
    const [due, recent] = [await this.dueCounts.read(), await this.runs.recent(RECENT)];
    const may = { mayRun: isAllowed(who, 'retention.run'), mayForesee: isAllowed(who, 'retention.preview') };
    const keysDestroyed = await this.certificates.keysDestroyed(recent.map(({ id }) => id));
    const page = runsPageObject(due, recent, { ...may, problems, warnings, keysDestroyed });
    await this.pages.send(request, reply, runsPage, page, {
      status: problems.length > 0 ? 422 : 200,
      path: '/runs',
      ...(request.method === 'POST' ? { typed: { action: '/runs', problems } as const } : {}),
    });
  }

  /** @returns where the run is shown, or what is to be mended */
  private async attempt(who: SignedIn, typed: string | undefined): Promise<LocalPath | readonly FormProblem[]> {
    const today = typed === undefined ? undefined : dayTyped(typed);
    if (today === 'none') return [{ path: 'confirmToday', reason: WORDS.day }];
    try {
      return runPath((await this.runPurge.start('page', { memberId: who.memberId, role: who.role }, today)).id);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'RUN_IN_PROGRESS') return this.running();
      return refusedFields(error, { confirmToday: { path: 'confirmToday', reason: WORDS.notToday } });
    }
  }

  /** The run under way; for the moment before its row is there, the list in which it will stand. */
  private async running(): Promise<LocalPath> {
    const run = (await this.runs.recent(1)).find(({ state }) => state === 'running');
    return run ? runPath(run.id) : '/runs';
  }
}

function dayTyped(text: string): Day | 'none' {
  try {
    return day(text);
  } catch {
    return 'none';
  }
}
