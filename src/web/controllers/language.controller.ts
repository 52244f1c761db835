import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../access/requires.js';
import { Refusal } from '../../platform/refusal.js';
import { LANGUAGE_COOKIE, LANGUAGE_COOKIE_ATTRIBUTES } from '../http/language-cookie.js';
import { Pages } from '../http/pages.js';
import { postedForm } from '../http/posted-form.js';
import { isLocalPath } from '../shell/local-path.js';
import { isLanguage } from '../words/language.js';

@ApiExcludeController()
@Controller('language')
export class LanguageController {
  constructor(private readonly pages: Pages) {}

  @Post()
  @Public('clients and visitors read these pages too, each in their own language')
  async choose(@Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { language, returnTo } = postedForm(body);
    if (!isLanguage(language)) throw new Refusal('BAD_REQUEST', 'These pages do not speak that language.');
    reply.setCookie(LANGUAGE_COOKIE, language, LANGUAGE_COOKIE_ATTRIBUTES);
    await this.pages.redirect(reply, isLocalPath(returnTo) ? returnTo : '/');
  }
}
