import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { InviteMember } from '../../access/invite-member.js';
import { Join } from '../../access/join.js';
import { Public, Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { WithdrawInvitation } from '../../access/withdraw-invitation.js';
import { Settings } from '../../platform/settings.js';
import { InvitationDto, JoinDto } from './access-members.dto.js';
import { InvitationMade } from './access-members.responses.js';
import { Joined } from './access-session.responses.js';
import { ownLink } from '../http/own-link.js';
import { invitationId } from './invitation-id.js';
import { OF_BODIES, OF_MEMBERS, Refuses } from './refuses.js';

@ApiTags('access')
@Controller('api')
export class AccessJoiningController {
  constructor(
    private readonly inviteMember: InviteMember,
    private readonly withdrawInvitation: WithdrawInvitation,
    private readonly join: Join,
    private readonly settings: Settings,
  ) {}

  /** The link is in this answer and nowhere else. */
  @Post('invitations')
  @ApiBearerAuth()
  @Requires('member.invite')
  @ApiOperation({ summary: 'Invite a member; the link is in this answer and nowhere else' })
  @ApiCreatedResponse({ type: InvitationMade })
  @Refuses(...OF_MEMBERS, ...OF_BODIES)
  async invite(
    @WhoAtSite() who: SiteMember,
    @Body() input: InvitationDto,
    @Req() request: FastifyRequest,
  ): Promise<InvitationMade> {
    const { path, ...made } = await this.inviteMember.run(who, input);
    return { ...made, link: ownLink(this.settings, request, path) };
  }

  @Post('invitations/:id/withdraw')
  @HttpCode(204)
  @ApiBearerAuth()
  @Requires('member.invite')
  @ApiOperation({ summary: 'Take back an invitation by which nobody has joined: its link opens nothing any more' })
  @ApiNoContentResponse()
  @Refuses(...OF_MEMBERS, 'NOT_FOUND', 'ALREADY_DONE')
  withdraw(@WhoAtSite() who: SiteMember, @Param('id') id: string): Promise<void> {
    return this.withdrawInvitation.run(who, invitationId(id));
  }

  @Post('join')
  @Public('who is invited has no account yet; the one-time link is the permission')
  @ApiOperation({ summary: "Join with an invitation's token and a password of one's own" })
  @ApiCreatedResponse({ type: Joined })
  @Refuses('CROSS_SITE_REQUEST', 'LINK_NOT_VALID', 'NOT_APPROVED_YET', ...OF_BODIES)
  async accept(@Body() input: JoinDto): Promise<Joined> {
    return { member: await this.join.run(input) };
  }
}
