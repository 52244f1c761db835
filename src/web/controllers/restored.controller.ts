import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, Who, WhoAtSite } from '../../access/requires.js';
import { ReadRestored } from '../../access/restored/read-restored.js';
import { ReleaseRestored } from '../../access/restored/release-restored.js';
import type { SignedIn, SiteMember } from '../../access/signed-in.js';
import { Refusal } from '../../platform/refusal.js';
import { reasonProblems } from '../form/reason-problems.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { postedForm, sentForm } from '../http/posted-form.js';
import { restoredPage } from '../pages/restored-page.js';

const SAID = { release: 'released', decline: 'declined', withdraw: 'withdrawn' } as const;
const DECISIONS = Object.keys(SAID) as (keyof typeof SAID)[];

/** Records that came out of a backup: what is known of it, and their release by two persons. */
@ApiExcludeController()
@Controller('restored')
export class RestoredController {
  constructor(
    private readonly pages: Pages,
    private readonly restored: ReadRestored,
    private readonly releaseRestored: ReleaseRestored,
  ) {}

  @Get()
  @Requires('restore.read')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember): Promise<void> {
    await this.pages.send(request, reply, restoredPage, { restored: await this.restored.run(who), reason: '', problems: [] });
  }

  @Post('ask')
  @Requires('restore.release')
  async ask(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Body() body: unknown): Promise<void> {
    const { typed, again } = sentForm(body);
    const { reason = '' } = typed;
    const problems = again ?? reasonProblems(typed);
    if (!again && problems.length === 0) {
      await this.releaseRestored.ask(who, reason);
      return this.pages.redirect(reply, '/restored?said=release-asked');
    }
    const page = { restored: await this.restored.run(who), reason, problems };
    await this.pages.send(request, reply, restoredPage, page, { status: 422, path: '/restored', typed: { action: '/restored/ask', problems } });
  }

  /** Which step it is stands in the button that was pressed. */
  @Post()
  @Requires('restore.release')
  async decide(@Res() reply: FastifyReply, @Who() who: SignedIn, @Body() body: unknown): Promise<void> {
    const step = DECISIONS.find((one) => one === postedForm(body)['step']);
    if (!step) throw new Refusal('BAD_REQUEST', 'This is not what the form sends.');
    await this.releaseRestored[step](who);
    await this.pages.redirect(reply, `/restored?said=${SAID[step]}`);
  }
}
