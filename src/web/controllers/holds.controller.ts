import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PublishedSites } from '../../access/published-sites.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { AskRelease } from '../../retention/holds/ask-release.js';
import { ListHolds } from '../../retention/holds/list-holds.js';
import { holdId } from '../api/hold-id.js';
import { reasonProblems } from '../form/reason-problems.js';
import { isDoneAlready } from '../http/done-already.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { holdPage } from '../pages/hold-page.js';
import { holdsPage } from '../pages/holds-page.js';
import { holdPageObject, holdPath, holdsPageObject } from './holds-page-object.js';

/** Legal holds to look at, and asking for the release of one. It is decided among the approvals. */
@ApiExcludeController()
@Controller('holds')
export class HoldsPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly holds: ListHolds,
    private readonly askRelease: AskRelease,
    private readonly sites: PublishedSites,
  ) {}

  @Get()
  @Requires('hold.read')
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember): Promise<void> {
    await this.pages.send(request, reply, holdsPage, holdsPageObject(who, await this.holds.known(who), await this.sites.all()));
  }

  @Get(':id')
  @Requires('hold.read')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Param('id') id: string): Promise<void> {
    const hold = await this.holds.find(who, holdId(id));
    await this.pages.send(request, reply, holdPage, holdPageObject(who, hold, await this.sites.all()));
  }

  /** Back to the hold: its request may be another site's, and is not to be seen from here. */
  @Post(':id/release')
  @Requires('hold.release')
  async release(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @WhoAtSite() who: SiteMember,
    @Param('id') idText: string,
    @Body() body: unknown,
  ): Promise<void> {
    const id = holdId(idText);
    const { typed, again } = sentForm(body);
    const { reason = '' } = typed;
    const problems = again ?? reasonProblems(typed);
    const isAsked = !again && problems.length === 0 && (await this.wasAsked(who, id, reason));
    if (!again && problems.length === 0 && !isAsked) return this.pages.redirect(reply, `${holdPath(id)}?said=hold-release-asked`);
    const hold = await this.holds.find(who, id);
    const page = holdPageObject(who, hold, await this.sites.all(), isAsked && !hold.releasedAt ? true : undefined);
    const action = `${holdPath(id)}/release` as const;
    await this.pages.send(request, reply, holdPage, { ...page, reason, problems }, {
      ...{ status: isAsked ? 409 : 422, path: holdPath(id) },
      ...(isAsked ? {} : { typed: { action, problems } }),
    });
  }

  /** @returns whether somebody had asked before, or it is released: the page then says which */
  private async wasAsked(who: SiteMember, id: string, reason: string): Promise<boolean> {
    try {
      await this.askRelease.run(who, id, reason);
      return false;
    } catch (error) {
      if (isDoneAlready(error)) return true;
      throw error;
    }
  }
}
