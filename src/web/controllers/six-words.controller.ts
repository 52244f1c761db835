import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ListMembers } from '../../access/list-members.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sixWordsPage } from '../pages/six-words-page.js';
import { isActiveHolder } from './members-page-object.js';

/** Where a preparer who is not admitted yet is led from every page of intakes. */
@ApiExcludeController()
@Controller('six-words')
export class SixWordsController {
  constructor(
    private readonly pages: Pages,
    private readonly members: ListMembers,
  ) {}

  @Get()
  @Requires('member.read')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember): Promise<void> {
    const members = await this.members.run(who);
    const waits = members.some(({ id, status }) => id === who.memberId && status === 'waiting');
    if (!waits) return this.pages.redirect(reply, '/');
    const holders = members.filter(isActiveHolder).map(({ name }) => name);
    await this.pages.send(request, reply, sixWordsPage, { words: await this.members.ownWords(who), holders });
  }
}
