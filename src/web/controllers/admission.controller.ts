import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AdmitMember } from '../../access/admit-member.js';
import { ListMembers } from '../../access/list-members.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { Refusal } from '../../platform/refusal.js';
import { memberId } from '../api/member-id.js';
import { isDoneAlready } from '../http/done-already.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { refusedFields } from '../http/refused-fields.js';
import { admitPage, type AdmitPage } from '../pages/admit-page.js';
import { PROBLEM_WORDS as WORDS } from '../words/problem-words.js';

@ApiExcludeController()
@Controller('members/:id/admit')
export class AdmissionController {
  constructor(
    private readonly pages: Pages,
    private readonly members: ListMembers,
    private readonly admitMember: AdmitMember,
  ) {}

  @Get()
  @Requires('member.admit')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Param('id') id: string): Promise<void> {
    await this.pages.send(request, reply, admitPage, await this.page(who, memberId(id), []));
  }

  /** The form brings back the words that were compared: if the key was changed since, they are no longer its words. */
  @Post()
  @Requires('member.admit')
  async admit(
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @WhoAtSite() who: SiteMember,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<void> {
    const { typed, again } = sentForm(body);
    const problems = again ?? (await this.attempt(who, memberId(id), typed));
    if (!again && problems.length === 0) return this.pages.redirect(reply, '/members?said=admitted');
    const page = await this.page(who, memberId(id), problems);
    await this.pages.send(request, reply, admitPage, page, { status: 422, path: page.action, typed: page });
  }

  private async attempt(who: SiteMember, id: string, { compared, words = '' }: FormValues): Promise<readonly FormProblem[]> {
    if (compared !== 'same') return [{ path: 'compared', reason: compared === 'different' ? WORDS.wordsDiffer : WORDS.choose }];
    try {
      await this.admitMember.run(who, id, words);
      return [];
    } catch (error) {
      if (isDoneAlready(error)) return [];
      return refusedFields(error, { words: { path: 'compared', reason: WORDS.wordsChanged } });
    }
  }

  /** @throws Refusal NOT_FOUND when nobody of this id waits here */
  private async page(who: SiteMember, id: string, problems: readonly FormProblem[]): Promise<AdmitPage> {
    const waiting = (await this.members.run(who)).find((member) => member.id === id && member.words !== undefined);
    if (!waiting) throw new Refusal('NOT_FOUND', 'Nobody of this id waits to be admitted.');
    return { action: `/members/${id}/admit`, name: waiting.name, words: waiting.words!, problems };
  }
}
