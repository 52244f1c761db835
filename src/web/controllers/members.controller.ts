import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { isEmail } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { FreshInvitation } from '../../access/invitation-row.js';
import { InviteMember } from '../../access/invite-member.js';
import { ListMembers } from '../../access/list-members.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import { ROLES, type Role, type SiteMember } from '../../access/signed-in.js';
import { Settings } from '../../platform/settings.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { reasonProblems } from '../form/reason-problems.js';
import { nameProblems } from '../form/text-problems.js';
import { ownLink } from '../http/own-link.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { refusedFields } from '../http/refused-fields.js';
import { invitationPage } from '../pages/invitation-page.js';
import { membersPage } from '../pages/members-page.js';
import { PROBLEM_WORDS as WORDS } from '../words/problem-words.js';
import { membersPageObject } from './members-page-object.js';

@ApiExcludeController()
@Controller('members')
export class MembersController {
  constructor(
    private readonly pages: Pages,
    private readonly members: ListMembers,
    private readonly inviteMember: InviteMember,
    private readonly settings: Settings,
  ) {}

  @Get()
  @Requires('member.read')
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember): Promise<void> {
    const page = membersPageObject(who, await this.members.run(who));
    await this.pages.send(request, reply, membersPage, page, page.invitation ? { typed: { action: '/members/invitations', problems: [] } } : {});
  }

  /** Answers with the link itself, not with a redirect: it is in this answer and nowhere else. */
  @Post('invitations')
  @Requires('member.invite')
  async invite(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Body() body: unknown): Promise<void> {
    const { typed, again } = sentForm(body);
    const made = again ?? (await this.attempt(who, typed));
    const { name = '', email = '', reason = '' } = typed;
    if (isFresh(made)) {
      const { path, expiresAt, approval } = made;
      const page = { email: email.trim(), link: ownLink(this.settings, request, path), expiresAt, ...(approval ? { opensAt: approval.opensAt } : {}) };
      return this.pages.send(request, reply, invitationPage, page, { path: '/members', isShownOnce: true });
    }
    const shown = { name, email, role: roleIn(typed), organisationWide: isOrganisationWide(typed), reason, problems: made };
    const page = membersPageObject(who, await this.members.run(who), shown);
    await this.pages.send(request, reply, membersPage, page, { status: 422, path: '/members', typed: { action: '/members/invitations', problems: made } });
  }

  private async attempt(who: SiteMember, typed: FormValues): Promise<FreshInvitation | readonly FormProblem[]> {
    const role = roleIn(typed);
    const { name = '', email = '', reason = '' } = typed;
    const problems = [...nameProblems(typed, ['name']), ...(role === 'administrator' ? reasonProblems(typed) : [])];
    if (role === '') return [...problems, { path: 'role', reason: WORDS.choose }];
    if (problems.length > 0) return problems;
    try {
      return await this.inviteMember.run(who, { name, email, role, organisationWide: isOrganisationWide(typed), reason });
    } catch (error) {
      return refusedFields(error, {
        email: { path: 'email', reason: isEmail(email.trim()) ? WORDS.emailTaken : WORDS.email },
        organisationWide: { path: 'organisationWide', reason: WORDS.preparerOfOneSite },
      });
    }
  }
}

function roleIn(typed: FormValues): Role | '' {
  return ROLES.find((role) => role === typed['role']) ?? '';
}

function isOrganisationWide(typed: FormValues): boolean {
  return typed['organisationWide'] === 'yes';
}

function isFresh(made: FreshInvitation | readonly FormProblem[]): made is FreshInvitation {
  return 'path' in made;
}
