import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires, Who } from '../../access/requires.js';
import type { SignedIn } from '../../access/signed-in.js';
import { ReleaseRestored } from '../../vault/restored/release-restored.js';
import { RestoredMode } from '../../vault/restored/restored-mode.js';
import { OF_MEMBERS, Refuses } from './refuses.js';
import { RestoredRelease, RestoredState } from './restored.responses.js';

@ApiTags('restored')
@ApiBearerAuth()
@Controller('api/restored')
export class RestoredApiController {
  constructor(
    private readonly mode: RestoredMode,
    private readonly releaseRestored: ReleaseRestored,
  ) {}

  @Get()
  @Requires('restore.read')
  @ApiOperation({ summary: 'Whether the records came out of a backup and wait for their release' })
  @ApiOkResponse({ type: RestoredState })
  @Refuses(...OF_MEMBERS)
  async read(): Promise<RestoredState> {
    const found = await this.mode.read();
    if (!found) return { state: 'in-service' };
    const { swept, asked, ...rest } = found;
    return { state: 'restored', ...rest, ...(swept ? { sweptAt: swept.at } : {}), ...(asked ? { askedBy: asked.by } : {}) };
  }

  @Post('release')
  @HttpCode(200)
  @Requires('restore.release')
  @ApiOperation({ summary: 'Release restored records: the first person asks, a second one releases' })
  @ApiOkResponse({ type: RestoredRelease })
  @Refuses(...OF_MEMBERS, 'ALREADY_DONE', 'RESTORE_NOT_CHECKED')
  async release(@Who() who: SignedIn): Promise<RestoredRelease> {
    return { state: await this.releaseRestored.run(who) };
  }
}
