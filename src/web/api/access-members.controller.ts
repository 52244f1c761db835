import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdmitMember } from '../../access/admit-member.js';
import { DisableMember, type Leaving } from '../../access/disable-member.js';
import { ListMembers, type ListedMember } from '../../access/list-members.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { AdmissionDto } from './access-members.dto.js';
import { memberId } from './member-id.js';

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
  async list(@WhoAtSite() who: SiteMember): Promise<{ members: readonly ListedMember[]; ownWords?: readonly string[] }> {
    const members = await this.listMembers.run(who);
    const waits = members.some(({ id, status }) => id === who.memberId && status === 'waiting');
    return { members, ...(waits ? { ownWords: await this.listMembers.ownWords(who) } : {}) };
  }

  @Post(':id/admit')
  @HttpCode(204)
  @Requires('member.admit')
  @ApiOperation({ summary: "Give a waiting preparer the site's key, after comparing six words" })
  admit(@WhoAtSite() who: SiteMember, @Param('id') id: string, @Body() { words }: AdmissionDto): Promise<void> {
    return this.admitMember.run(who, memberId(id), words);
  }

  @Post(':id/disable')
  @HttpCode(200)
  @Requires('member.disable')
  @ApiOperation({ summary: "End a member's sign-in, sessions and key, for good" })
  async disable(@WhoAtSite() who: SiteMember, @Param('id') id: string): Promise<{ leaving: Leaving }> {
    return { leaving: await this.disableMember.run(who, memberId(id)) };
  }
}
