import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires, Who, WhoAtSite } from '../../access/requires.js';
import type { SignedIn, SiteMember } from '../../access/signed-in.js';
import { day, type Day } from '../../platform/clock.js';
import { Refusal } from '../../platform/refusal.js';
import type { Certificate } from '../../retention/certificate.js';
import { DestructionCertificates } from '../../retention/destruction-certificates.js';
import { Preview } from '../../retention/preview.js';
import { PurgeRuns } from '../../retention/purge-runs.js';
import { RunPurge } from '../../retention/run-purge.js';
import { PreviewDto, StartRunDto } from './retention.dto.js';
import { SignedCertificate } from './certificate.responses.js';
import { OF_BODIES, OF_MEMBERS, Refuses } from './refuses.js';
import { RecentRuns, Run, RunStarted } from './retention.responses.js';
import { ForeseenRun } from './preview.responses.js';
import { runId } from './run-id.js';

const RECENT = 30;

/** Purge runs and their certificates as JSON. A run destroys what is due: nothing here says what, or hurries it; a preview tells what that will be. */
@ApiTags('retention')
@ApiBearerAuth()
@Controller('api/retention')
export class RetentionController {
  constructor(
    private readonly runPurge: RunPurge,
    private readonly runs: PurgeRuns,
    private readonly certificates: DestructionCertificates,
    private readonly preview: Preview,
  ) {}

  @Post('runs')
  @HttpCode(202)
  @Requires('retention.run')
  @ApiOperation({ summary: 'Start a purge run; it goes on in the background' })
  @ApiBody({ type: StartRunDto, required: false })
  @ApiAcceptedResponse({ type: RunStarted })
  @Refuses(...OF_MEMBERS, ...OF_BODIES, 'RUN_IN_PROGRESS')
  async start(@Who() who: SignedIn, @Body() body: StartRunDto): Promise<RunStarted> {
    const { id } = await this.runPurge.start('page', { memberId: who.memberId, role: who.role }, calendarDay('confirmToday', body?.confirmToday));
    return { id };
  }

  @Post('preview')
  @HttpCode(200)
  @Requires('retention.preview')
  @ApiOperation({ summary: 'What the runs until a day would destroy, keep and hold at this site, and why. Changes nothing' })
  @ApiBody({ type: PreviewDto, required: false })
  @ApiOkResponse({ type: ForeseenRun })
  @Refuses(...OF_MEMBERS, ...OF_BODIES)
  async foresee(@WhoAtSite() who: SiteMember, @Body() body: PreviewDto): Promise<ForeseenRun> {
    const { doubt, ...preview } = await this.preview.read(who.siteId, calendarDay('asOf', body?.asOf) ?? 'today', body?.cursor);
    return { ...preview, dateInDoubt: doubt !== undefined };
  }

  @Get('runs')
  @Requires('retention.read')
  @ApiOperation({ summary: 'The latest runs, newest first' })
  @ApiOkResponse({ type: RecentRuns })
  @Refuses(...OF_MEMBERS)
  async recent(): Promise<RecentRuns> {
    return { runs: await this.runs.recent(RECENT) };
  }

  @Get('runs/:id')
  @Requires('retention.read')
  @ApiOperation({ summary: 'How far a run has come' })
  @ApiOkResponse({ type: Run })
  @Refuses(...OF_MEMBERS, 'NOT_FOUND')
  async run(@Param('id') id: string): Promise<Run> {
    return (await this.runs.find(runId(id))) ?? notFound('run');
  }

  @Get('certificates/:id')
  @Requires('retention.read')
  @ApiOperation({ summary: "A run's destruction certificate, and the signed note that an outsider can check" })
  @ApiOkResponse({ type: SignedCertificate })
  @Refuses(...OF_MEMBERS, 'NOT_FOUND')
  async certificate(@Param('id') id: string): Promise<SignedCertificate> {
    const { runId: run, body, note } = (await this.certificates.find(runId(id, 'certificate'))) ?? notFound('certificate');
    return { id: run, certificate: JSON.parse(body) as Certificate, note };
  }
}

function calendarDay(name: string, text: string | undefined): Day | undefined {
  if (text === undefined) return undefined;
  try {
    return day(text);
  } catch {
    throw new Refusal('INVALID_INPUT', `${name} is a calendar day such as 2027-05-01.`, { fields: [name] });
  }
}

function notFound(what: 'run' | 'certificate'): never {
  throw new Refusal('NOT_FOUND', `There is no such ${what}.`);
}
