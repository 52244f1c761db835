import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../access/requires.js';
import { SetUp } from '../../access/set-up.js';
import { SetUpLink } from '../../access/set-up-link.js';
import { Refusal } from '../../platform/refusal.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { passwordProblem, passwordsDiffer } from '../form/new-password.js';
import { nameProblems } from '../form/text-problems.js';
import { US_TIME_ZONES } from '../form/us-time-zones.js';
import { linkPath } from '../http/link-path.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { postedForm } from '../http/posted-form.js';
import { refusedFields } from '../http/refused-fields.js';
import { setUpPage, type SetUpPage } from '../pages/set-up-page.js';
import { PROBLEM_WORDS as WORDS } from '../words/problem-words.js';

const BY_LINK = 'before the set-up there is nobody who could sign in; the one-time link is the permission';

@ApiExcludeController()
@Controller('set-up')
export class SetUpController {
  constructor(
    private readonly pages: Pages,
    private readonly setUp: SetUp,
    private readonly link: SetUpLink,
  ) {}

  @Get()
  @Public(BY_LINK)
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @Query('token') token: unknown): Promise<void> {
    await this.pages.send(request, reply, setUpPage, pageOf(await this.valid(token), {}, []));
  }

  @Post()
  @Public(BY_LINK)
  async run(@Req() request: PageRequest, @Res() reply: FastifyReply, @Query('token') token: unknown, @Body() body: unknown): Promise<void> {
    const typed = postedForm(body);
    const page = pageOf(await this.valid(token), typed, await this.attempt(String(token), typed));
    if (page.problems.length === 0) return this.pages.redirect(reply, '/sign-in?said=set-up');
    await this.pages.send(request, reply, setUpPage, page, { status: 422, path: page.action });
  }

  /** @returns what is to be mended; nothing when the site is there */
  private async attempt(token: string, typed: FormValues): Promise<readonly FormProblem[]> {
    const problems = [...nameProblems(typed, ['organisation', 'siteName', 'name']), ...passwordsDiffer(typed)];
    if (problems.length > 0) return problems;
    const { organisation = '', siteName: site = '', timeZone = '', name = '', email = '', password = '' } = typed;
    try {
      await this.setUp.run({ token, organisation, site, timeZone: timeZone.trim(), name, email, password });
      return [];
    } catch (error) {
      return refusedFields(error, {
        timeZone: { path: 'timeZone', reason: WORDS.timeZone },
        email: { path: 'email', reason: WORDS.email },
        password: passwordProblem(typed),
      });
    }
  }

  /** @throws Refusal LINK_NOT_VALID */
  private async valid(token: unknown): Promise<string> {
    if (typeof token === 'string' && (await this.link.isValid(token))) return token;
    throw new Refusal('LINK_NOT_VALID', 'This link has been used, has run out, or was replaced when the service started again.');
  }
}

/** Passwords are typed anew each time. */
function pageOf(token: string, typed: FormValues, problems: readonly FormProblem[]): SetUpPage {
  const { organisation = '', siteName = '', timeZone = '', name = '', email = '' } = typed;
  return { action: linkPath('/set-up', token), organisation, siteName, timeZone, timeZones: US_TIME_ZONES, name, email, problems };
}
