import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ChangePassword } from '../../access/change-password.js';
import { Requires, Who } from '../../access/requires.js';
import type { SignedIn } from '../../access/signed-in.js';
import { Refusal } from '../../platform/refusal.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { passwordProblem, passwordsDiffer } from '../form/new-password.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { refusedFields } from '../http/refused-fields.js';
import { passwordPage } from '../pages/password-page.js';
import { PROBLEM_WORDS as WORDS } from '../words/problem-words.js';

@ApiExcludeController()
@Controller('password')
export class PasswordController {
  constructor(
    private readonly pages: Pages,
    private readonly changePassword: ChangePassword,
  ) {}

  @Get()
  @Requires('own.password')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.pages.send(request, reply, passwordPage, { problems: [] });
  }

  @Post()
  @Requires('own.password')
  async change(@Req() request: PageRequest, @Res() reply: FastifyReply, @Who() who: SignedIn, @Body() body: unknown): Promise<void> {
    const { typed, again } = sentForm(body);
    const problems = again ?? (await this.attempt(who, typed));
    if (!again && problems.length === 0) return this.pages.redirect(reply, '/password?said=password-changed');
    await this.pages.send(request, reply, passwordPage, { problems }, { status: 422, path: '/password', typed: { action: '/password', problems } });
  }

  private async attempt(who: SignedIn, typed: FormValues): Promise<readonly FormProblem[]> {
    const differ = passwordsDiffer(typed);
    if (differ.length > 0) return differ;
    try {
      await this.changePassword.run(who, { current: typed['current'] ?? '', next: typed['password'] ?? '' });
      return [];
    } catch (error) {
      if (error instanceof Refusal && error.code === 'SIGN_IN_FAILED') return [{ path: 'current', reason: WORDS.passwordWrong }];
      return refusedFields(error, { next: passwordProblem(typed) });
    }
  }
}
