import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdmitMember } from '../../access/admit-member.js';
import { DisableMember } from '../../access/disable-member.js';
import { ListMembers } from '../../access/list-members.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { AdmissionDto } from './access-members.dto.js';
import { MemberLeft, MembersOfSite } from './access-members.responses.js';
import { memberId } from './member-id.js';
import { OF_BODIES, OF_MEMBERS, OF_THE_VAULT, Refuses } from './refuses.js';

@ApiTags('access')
@ApiBearerAuth()
@Controller('api/members')
export class AccessMembersController {
  constructor(
    private readonly listMembers: ListMembers,
    private readonly admitMember: AdmitMember,
    private readonly disableMember: DisableMember,
  ) {}

  /** Somebody who waits gets the words to read out as `ownWords`; preparers get everyone's who waits, to compare. */
  @Get()
  @Requires('member.read')
  @ApiOperation({ summary: 'Who works at the site, who holds its key, and who admitted them' })
  @ApiOkResponse({ type: MembersOfSite })
  @Refuses(...OF_MEMBERS, 'KEY_NOT_AUTHENTIC')
  async list(@WhoAtSite() who: SiteMember): Promise<MembersOfSite> {
    const members = await this.listMembers.run(who);
    const waits = members.some(({ id, status }) => id === who.memberId && status === 'waiting');
    return { members, ...(waits ? { ownWords: await this.listMembers.ownWords(who) } : {}) };
  }

  @Post(':id/admit')
  @HttpCode(204)
  @Requires('member.admit')
  @ApiOperation({ summary: "Give a waiting preparer the site's key, after comparing six words" })
  @ApiNoContentResponse()
  @Refuses(...OF_MEMBERS, ...OF_THE_VAULT, ...OF_BODIES, 'NOT_FOUND', 'ALREADY_DONE')
  admit(@WhoAtSite() who: SiteMember, @Param('id') id: string, @Body() { words }: AdmissionDto): Promise<void> {
    return this.admitMember.run(who, memberId(id), words);
  }

  @Post(':id/disable')
  @HttpCode(200)
  @Requires('member.disable')
  @ApiOperation({ summary: "End a member's sign-in, sessions and key, for good" })
  @ApiOkResponse({ type: MemberLeft })
  @Refuses(...OF_MEMBERS, 'NOT_FOUND', 'ALREADY_DONE')
  async disable(@WhoAtSite() who: SiteMember, @Param('id') id: string): Promise<MemberLeft> {
    return { leaving: await this.disableMember.run(who, memberId(id)) };
  }
}
