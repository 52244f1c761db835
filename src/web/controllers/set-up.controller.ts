import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { isEmail } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { Public } from '../../access/requires.js';
import { SetUp, type SetUpResult } from '../../access/set-up.js';
import { SetUpLink } from '../../access/set-up-link.js';
import { Refusal } from '../../platform/refusal.js';
import { Settings } from '../../platform/settings.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { passwordProblem, passwordsDiffer } from '../form/new-password.js';
import { nameProblems } from '../form/text-problems.js';
import { US_TIME_ZONES } from '../form/us-time-zones.js';
import { linkPath } from '../http/link-path.js';
import { ownLink } from '../http/own-link.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { refusedFields } from '../http/refused-fields.js';
import { setUpDonePage } from '../pages/set-up-done-page.js';
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
    private readonly settings: Settings,
  ) {}

  @Get()
  @Public(BY_LINK)
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @Query('token') token: unknown): Promise<void> {
    const page = pageOf(await this.valid(token), {}, []);
    await this.pages.send(request, reply, setUpPage, page, { typed: page });
  }

  @Post()
  @Public(BY_LINK)
  async run(@Req() request: PageRequest, @Res() reply: FastifyReply, @Query('token') token: unknown, @Body() body: unknown): Promise<void> {
    const { typed, again } = sentForm(body);
    const valid = await this.valid(token);
    const made = again ?? (await this.attempt(valid, typed));
    if (isMade(made)) return this.done(request, reply, typed, made);
    const page = pageOf(valid, typed, made);
    await this.pages.send(request, reply, setUpPage, page, { status: 422, path: page.action, typed: page });
  }

  /** Answers with the second administrator's link itself, not with a redirect: it is in this answer and nowhere else. */
  private async done(request: PageRequest, reply: FastifyReply, { secondEmail = '', timeZone = '' }: FormValues, { second }: SetUpResult): Promise<void> {
    if (!second) return this.pages.redirect(reply, '/sign-in?said=set-up');
    const page = { email: secondEmail.trim(), link: ownLink(this.settings, request, second.path), expiresAt: second.expiresAt, timeZone: timeZone.trim() };
    await this.pages.send(request, reply, setUpDonePage, page, { path: '/sign-in', isShownOnce: true });
  }

  /** @returns what is to be mended, or what was made */
  private async attempt(token: string, typed: FormValues): Promise<SetUpResult | readonly FormProblem[]> {
    const second = secondIn(typed);
    const names = ['organisation', 'siteName', 'name', ...(second ? ['secondName'] : [])];
    const problems = [...nameProblems(typed, names), ...passwordsDiffer(typed)];
    if (problems.length > 0) return problems;
    const { organisation = '', siteName: site = '', timeZone = '', name = '', email = '', password = '' } = typed;
    try {
      return await this.setUp.run({ token, organisation, site, timeZone: timeZone.trim(), name, email, password, second });
    } catch (error) {
      return refusedFields(error, {
        timeZone: { path: 'timeZone', reason: WORDS.timeZone },
        email: { path: 'email', reason: WORDS.email },
        password: passwordProblem(typed),
        'second.email': { path: 'secondEmail', reason: isEmail(second?.email.trim()) ? WORDS.anotherPerson : WORDS.email },
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
  const { organisation = '', siteName = '', timeZone = '', name = '', email = '', secondName = '', secondEmail = '' } = typed;
  const people = { name, email, secondName, secondEmail };
  return { action: linkPath('/set-up', token), organisation, siteName, timeZone, timeZones: US_TIME_ZONES, ...people, problems };
}

/** Both lines blank: no second administrator. */
function secondIn({ secondName = '', secondEmail = '' }: FormValues): { name: string; email: string } | undefined {
  return secondName.trim() === '' && secondEmail.trim() === '' ? undefined : { name: secondName, email: secondEmail };
}

function isMade(made: SetUpResult | readonly FormProblem[]): made is SetUpResult {
  return 'siteId' in made;
}
