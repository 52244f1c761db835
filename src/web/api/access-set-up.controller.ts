import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../access/requires.js';
import { SetUp } from '../../access/set-up.js';
import { Settings } from '../../platform/settings.js';
import { ownLink } from '../http/own-link.js';
import { SetUpDto } from './access-set-up.dto.js';
import { SetUpDone } from './access-set-up.responses.js';
import { OF_BODIES, Refuses } from './refuses.js';

@ApiTags('access')
@Controller('api/set-up')
export class AccessSetUpController {
  constructor(
    private readonly setUp: SetUp,
    private readonly settings: Settings,
  ) {}

  /** The second administrator's link is in this answer and nowhere else. */
  @Post()
  @Public('before the set-up there is nobody who could sign in; the one-time link is the permission')
  @ApiOperation({ summary: 'Set the service up, with the one-time link that it printed' })
  @ApiCreatedResponse({ type: SetUpDone })
  @Refuses('CROSS_SITE_REQUEST', 'LINK_NOT_VALID', ...OF_BODIES)
  async run(@Body() input: SetUpDto, @Req() request: FastifyRequest): Promise<SetUpDone> {
    const { second, ...made } = await this.setUp.run(input);
    if (!second) return made;
    const { id, path, expiresAt } = second;
    return { ...made, second: { id, link: ownLink(this.settings, request, path), expiresAt } };
  }
}
