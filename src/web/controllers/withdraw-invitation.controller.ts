import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { WithdrawInvitation } from '../../access/withdraw-invitation.js';
import { Refusal } from '../../platform/refusal.js';
import { invitationId } from '../api/invitation-id.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { withdrawInvitationPage } from '../pages/withdraw-invitation-page.js';

@ApiExcludeController()
@Controller('members/invitations/:id/withdraw')
export class WithdrawInvitationController {
  constructor(
    private readonly pages: Pages,
    private readonly withdrawInvitation: WithdrawInvitation,
  ) {}

  /** Asks once more: the link cannot be brought back. */
  @Get()
  @Requires('member.invite')
  async ask(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Param('id') text: string): Promise<void> {
    const id = invitationId(text);
    const { name, email, approvalId, isFromSetUp } = await this.withdrawInvitation.find(who, id);
    const page = { action: `/members/invitations/${id}/withdraw`, name, email, hasRequest: approvalId !== null, isFromSetUp } as const;
    await this.pages.send(request, reply, withdrawInvitationPage, page);
  }

  /** Whoever pressed the button twice is told that it is gone, which is true of an unknown one too. */
  @Post()
  @Requires('member.invite')
  async withdraw(@Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Param('id') id: string): Promise<void> {
    try {
      await this.withdrawInvitation.run(who, invitationId(id));
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'NOT_FOUND')) throw error;
      return this.pages.redirect(reply, '/members?said=no-invitation');
    }
    await this.pages.redirect(reply, '/members?said=uninvited');
  }
}
