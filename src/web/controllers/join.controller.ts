import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Join, type Invitation } from '../../access/join.js';
import { PublishedSites } from '../../access/published-sites.js';
import { Public } from '../../access/requires.js';
import type { FormProblem } from '../form/form-values.js';
import { passwordProblem, passwordsDiffer } from '../form/new-password.js';
import { linkPath } from '../http/link-path.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { refusedFields } from '../http/refused-fields.js';
import { joinPage, type JoinPage } from '../pages/join-page.js';

const BY_LINK = 'who is invited has no account yet; the one-time link is the permission';

@ApiExcludeController()
@Controller('join')
export class JoinController {
  constructor(
    private readonly pages: Pages,
    private readonly join: Join,
    private readonly sites: PublishedSites,
  ) {}

  @Get()
  @Public(BY_LINK)
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @Query('token') token: unknown): Promise<void> {
    await this.pages.send(request, reply, joinPage, await this.page(textOf(token), []));
  }

  @Post()
  @Public(BY_LINK)
  async accept(@Req() request: PageRequest, @Res() reply: FastifyReply, @Query('token') token: unknown, @Body() body: unknown): Promise<void> {
    const { typed, again } = sentForm(body);
    const waiting = await this.page(textOf(token), []);
    if (waiting.opens) return this.pages.send(request, reply, joinPage, waiting, { status: 409, path: waiting.action });
    const problems = [...(again ?? passwordsDiffer(typed))];
    if (!again && problems.length === 0) {
      try {
        await this.join.run({ token: textOf(token), password: typed['password'] ?? '' });
        return await this.pages.redirect(reply, '/sign-in?said=joined');
      } catch (error) {
        problems.push(...refusedFields(error, { password: passwordProblem(typed) }));
      }
    }
    const page = await this.page(textOf(token), problems);
    await this.pages.send(request, reply, joinPage, page, { status: 422, path: page.action, typed: page });
  }

  /** @throws Refusal LINK_NOT_VALID */
  private async page(token: string, problems: readonly FormProblem[]): Promise<JoinPage> {
    const invitation = await this.join.invitation(token);
    const { role, email, name } = invitation;
    const { place, timeZone } = await this.placeOf(invitation);
    const at = await this.join.waitsUntil(invitation);
    return { action: linkPath('/join', token), place, role, email, name, problems, ...(at ? { opens: { at, timeZone } } : {}) };
  }

  /** The site, or the whole organisation, whose members begin at its oldest site. */
  private async placeOf({ site_id: siteId, organisation_wide: organisationWide }: Invitation): Promise<{ place: string; timeZone: string }> {
    const { name, timeZone } = (await this.sites.all()).find(({ id }) => id === siteId)!;
    return { place: organisationWide ? await this.sites.organisationName() : name, timeZone };
  }
}

/** What is no text is as good as no link. */
function textOf(token: unknown): string {
  return typeof token === 'string' ? token : '';
}
