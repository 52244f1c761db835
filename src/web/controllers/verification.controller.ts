import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CheckCheckpoint } from '../../access/check-checkpoint.js';
import { ReadVerifications } from '../../access/read-verifications.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import { ReadRestored } from '../../access/restored/read-restored.js';
import type { SiteMember } from '../../access/signed-in.js';
import { Verifications } from '../../audit/verify/verifications.js';
import { WitnessStandings } from '../../audit/witness/witness-standings.js';
import { Clock } from '../../platform/clock.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { verificationPage, type VerificationPage } from '../pages/verification-page.js';

/** Whether the log is the whole truth, as far as a page can tell. */
@ApiExcludeController()
@Controller('verification')
export class VerificationController {
  constructor(
    private readonly pages: Pages,
    private readonly checkpoints: CheckCheckpoint,
    private readonly verifications: Verifications,
    private readonly results: ReadVerifications,
    private readonly witnesses: WitnessStandings,
    private readonly clock: Clock,
    private readonly restored: ReadRestored,
  ) {}

  @Get()
  @Requires('audit.read')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember): Promise<void> {
    await this.pages.send(request, reply, verificationPage, await this.known(who));
  }

  /** Changes nothing but that the page was read: by POST, since a checkpoint is long and nobody's address. */
  @Post()
  @HttpCode(200)
  @Requires('audit.read')
  async check(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Body() body: unknown): Promise<void> {
    const { checkpoint: pasted = '' } = sentForm(body).typed;
    const page = { ...(await this.known(who)), verdict: await this.checkpoints.pasted(pasted), pasted };
    await this.pages.send(request, reply, verificationPage, page, { path: '/verification', typed: { action: '/verification', problems: [] } });
  }

  private async known(who: SiteMember): Promise<Pick<VerificationPage, 'state' | 'results' | 'isRestored'>> {
    const { log, sections } = await this.results.run(who);
    const { witnesses } = await this.witnesses.read();
    const late = (await this.verifications.late(who.siteId, this.clock.now())).map(({ subject }) => subject);
    const isRestored = (await this.restored.run(who)) !== undefined;
    return { state: await this.checkpoints.state(), isRestored, results: { ...(log && { log }), ...(sections && { sections }), late, witnesses } };
  }
}
