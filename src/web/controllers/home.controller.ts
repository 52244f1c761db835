import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, Who } from '../../access/requires.js';
import type { Role, SignedIn } from '../../access/signed-in.js';
import { Pages } from '../http/pages.js';
import type { LocalPath } from '../shell/local-path.js';

/** Where each role's work is. */
const START: Readonly<Record<Role, LocalPath>> = { preparer: '/intakes', administrator: '/members', auditor: '/entries' };

@ApiExcludeController()
@Controller()
export class HomeController {
  constructor(private readonly pages: Pages) {}

  @Get()
  @Requires('site.read')
  async show(@Who() { role }: SignedIn, @Res() reply: FastifyReply): Promise<void> {
    await this.pages.redirect(reply, START[role]);
  }
}
