import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isAllowed } from '../../access/permissions.js';
import { Requires, Who } from '../../access/requires.js';
import type { SignedIn } from '../../access/signed-in.js';
import { ReleaseRestored } from '../../vault/restored/release-restored.js';
import { RestoredMode } from '../../vault/restored/restored-mode.js';
import type { RestoredRecords } from '../../vault/restored/restored-records.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { restoredPage, type RestoredPage } from '../pages/restored-page.js';

/** Records that came out of a backup: what is known of it, and their release by two persons. */
@ApiExcludeController()
@Controller('restored')
export class RestoredController {
  constructor(
    private readonly pages: Pages,
    private readonly mode: RestoredMode,
    private readonly releaseRestored: ReleaseRestored,
  ) {}

  @Get()
  @Requires('restore.read')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @Who() who: SignedIn): Promise<void> {
    await this.pages.send(request, reply, restoredPage, pageObject(await this.mode.read(), who));
  }

  @Post()
  @Requires('restore.release')
  async release(@Res() reply: FastifyReply, @Who() who: SignedIn): Promise<void> {
    await this.releaseRestored.run(who);
    await this.pages.redirect(reply, '/restored');
  }
}

function pageObject(found: RestoredRecords | undefined, who: SignedIn): RestoredPage {
  const mayRelease = isAllowed(who, 'restore.release');
  if (!found) return { mayRelease };
  const { swept, asked, ...rest } = found;
  const by = asked?.by === who.memberId ? 'you' : 'another';
  return { mayRelease, restored: { ...rest, asked: asked ? by : 'nobody', ...(swept ? { sweptAt: swept.at } : {}) } };
}
