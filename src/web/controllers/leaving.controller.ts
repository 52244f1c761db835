import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DisableMember } from '../../access/disable-member.js';
import { ListMembers } from '../../access/list-members.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { Refusal } from '../../platform/refusal.js';
import { memberId } from '../api/member-id.js';
import { isDoneAlready } from '../http/done-already.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { disableMemberPage } from '../pages/disable-member-page.js';
import { hasOneHolder, isActiveHolder } from './members-page-object.js';

@ApiExcludeController()
@Controller('members/:id/disable')
export class LeavingController {
  constructor(
    private readonly pages: Pages,
    private readonly members: ListMembers,
    private readonly disableMember: DisableMember,
  ) {}

  /** Asks once more: there is no way back but a new invitation. */
  @Get()
  @Requires('member.disable')
  async ask(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Param('id') id: string): Promise<void> {
    const members = await this.members.run(who);
    const leaver = members.find((member) => member.id === memberId(id) && ['active', 'waiting'].includes(member.status));
    if (!leaver) throw new Refusal('NOT_FOUND', 'There is no such member at this site.');
    const isLastHolder = isActiveHolder(leaver) && hasOneHolder(members);
    await this.pages.send(request, reply, disableMemberPage, { action: `/members/${leaver.id}/disable`, name: leaver.name, isLastHolder });
  }

  @Post()
  @Requires('member.disable')
  async disable(@Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Param('id') id: string): Promise<void> {
    try {
      await this.disableMember.run(who, memberId(id));
    } catch (error) {
      if (!isDoneAlready(error)) throw error;
    }
    await this.pages.redirect(reply, '/members?said=disabled');
  }
}
