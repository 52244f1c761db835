import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public, Requires, Who } from '../../access/requires.js';
import { clearedSessionCookie, sessionCookie } from '../../access/session-token.js';
import { SignIn } from '../../access/sign-in.js';
import { SignOut } from '../../access/sign-out.js';
import type { SignedIn } from '../../access/signed-in.js';
import { Refusal, type RefusalCode } from '../../platform/refusal.js';
import type { FormValues } from '../form/form-values.js';
import { keptFormPlace, keptIn, type KeptForm } from '../http/kept-form.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { Visitor } from '../http/visitor.js';
import { keptFormPage } from '../pages/kept-form-page.js';
import { signInPage, type SignInPage } from '../pages/sign-in-page.js';
import { START_PAGE } from './start-page.js';

type SignInRefusal = NonNullable<SignInPage['refusal']>;

const REFUSALS: Partial<Record<RefusalCode, SignInRefusal>> = {
  SIGN_IN_FAILED: 'failed',
  CODE_REQUIRED: 'codeRequired',
  TOO_MANY_ATTEMPTS: 'tooMany',
};

@ApiExcludeController()
@Controller()
export class SignInController {
  constructor(
    private readonly pages: Pages,
    private readonly visitor: Visitor,
    private readonly signIn: SignIn,
    private readonly signOut: SignOut,
  ) {}

  @Get('sign-in')
  @Public('whoever signs in is not signed in yet')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @Query('said') said: unknown): Promise<void> {
    if (await this.visitor.find(request)) return this.pages.redirect(reply, '/');
    await this.pages.send(request, reply, signInPage, { timedOut: said === 'timed-out' });
  }

  /** A session that this browser still had is ended: whoever signs in sits here now. */
  @Post('sign-in')
  @Public('whoever signs in is not signed in yet')
  async start(@Req() request: PageRequest, @Res() reply: FastifyReply, @Body() body: unknown): Promise<void> {
    const { typed: sent, again } = sentForm(body);
    const { email = '', password = '', code } = sent;
    const kept = keptIn(sent);
    if (again) return this.refuse(request, reply, 200, { email, ...refusalIn(sent), ...(kept ? { kept } : {}) });
    try {
      const { token } = await this.signIn.run({ email, password, code }, request.ip);
      const before = await this.visitor.find(request);
      if (before) await this.signOut.run(before);
      reply.header('set-cookie', sessionCookie(token));
      await this.welcome(request, reply, token, kept);
    } catch (error) {
      const refusal = error instanceof Refusal ? REFUSALS[error.code] : undefined;
      if (!refusal) throw error;
      return this.refuse(request, reply, (error as Refusal).status, { email, refusal, ...(kept ? { kept } : {}) });
    }
  }

  private refuse(request: PageRequest, reply: FastifyReply, status: number, page: SignInPage): Promise<void> {
    return this.pages.send(request, reply, signInPage, page, { status, path: '/sign-in', typed: { action: '/sign-in', problems: [] } });
  }

  /** What was typed before the session ended goes to whoever typed it, and to no other member at the same laptop. */
  private async welcome(request: PageRequest, reply: FastifyReply, token: string, kept: KeptForm | undefined): Promise<void> {
    if (kept === undefined) return this.pages.redirect(reply, '/');
    const who = await this.visitor.enter(request, token);
    if (!who) return this.pages.redirect(reply, '/');
    if (who.memberId !== kept.member) return this.pages.redirect(reply, `${START_PAGE[who.role]}?said=not-yours`);
    await this.pages.send(request, reply, keptFormPage, { kept }, { path: keptFormPlace(kept), typed: { action: kept.action, problems: [] } });
  }

  /** What the browser kept of our pages goes with the session: the next person at this laptop finds nothing. */
  @Post('sign-out')
  @Requires('own.sign-out')
  async end(@Who() who: SignedIn, @Res() reply: FastifyReply): Promise<void> {
    await this.signOut.run(who);
    reply.header('set-cookie', clearedSessionCookie()).header('clear-site-data', '"cache", "storage"');
    await this.pages.redirect(reply, '/sign-in?said=signed-out');
  }
}

/** What the page that was sent back said of the attempt before it. */
function refusalIn({ refusal }: FormValues): Pick<SignInPage, 'refusal'> {
  const known = Object.values(REFUSALS).find((one) => one === refusal);
  return known ? { refusal: known } : {};
}
