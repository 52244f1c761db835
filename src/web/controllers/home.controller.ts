import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isAllowed } from '../../access/permissions.js';
import { Requires, Who } from '../../access/requires.js';
import type { SignedIn } from '../../access/signed-in.js';
import { RestoredMode } from '../../vault/restored/restored-mode.js';
import { Pages } from '../http/pages.js';
import { START_PAGE } from './start-page.js';

@ApiExcludeController()
@Controller()
export class HomeController {
  constructor(
    private readonly pages: Pages,
    private readonly restored: RestoredMode,
  ) {}

  /** Whoever has to know of restored records is led there first. */
  @Get()
  @Requires('site.read')
  async show(@Who() who: SignedIn, @Res() reply: FastifyReply): Promise<void> {
    const isWaiting = isAllowed(who, 'restore.read') && (await this.restored.read()) !== undefined;
    await this.pages.redirect(reply, isWaiting ? '/restored' : START_PAGE[who.role]);
  }
}
