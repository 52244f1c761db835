import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires, Who, WhoAtSite } from '../../access/requires.js';
import { ReadRestored } from '../../access/restored/read-restored.js';
import { ReleaseRestored } from '../../access/restored/release-restored.js';
import type { SignedIn, SiteMember } from '../../access/signed-in.js';
import type { RefusalCode } from '../../platform/refusal.js';
import { OF_BODIES, OF_MEMBERS, Refuses } from './refuses.js';
import { ReleaseRequestDto } from './restored.dto.js';
import { RestoredState } from './restored.responses.js';

const OF_STEPS: readonly RefusalCode[] = [...OF_MEMBERS, 'ALREADY_DONE', 'RESTORE_NOT_CHECKED'];
const OF_DECISIONS: readonly RefusalCode[] = [...OF_STEPS, 'APPROVAL_CLOSED', 'APPROVER_NOT_INDEPENDENT'];

@ApiTags('restored')
@ApiBearerAuth()
@Controller('api/restored')
export class RestoredApiController {
  constructor(
    private readonly restored: ReadRestored,
    private readonly releaseRestored: ReleaseRestored,
  ) {}

  @Get()
  @Requires('restore.read')
  @ApiOperation({ summary: 'Whether the records came out of a backup and wait for their release' })
  @ApiOkResponse({ type: RestoredState })
  @Refuses(...OF_MEMBERS)
  async read(@WhoAtSite() who: SiteMember): Promise<RestoredState> {
    const found = await this.restored.run(who);
    return found ? { state: 'restored', ...found } : { state: 'in-service' };
  }

  @Post('ask')
  @HttpCode(204)
  @Requires('restore.release')
  @ApiOperation({ summary: 'Ask for the release of restored records, and say why: another administrator decides within a day' })
  @ApiNoContentResponse()
  @Refuses(...OF_STEPS, ...OF_BODIES)
  ask(@Who() who: SignedIn, @Body() { reason }: ReleaseRequestDto): Promise<void> {
    return this.releaseRestored.ask(who, reason);
  }

  @Post('release')
  @HttpCode(204)
  @Requires('restore.release')
  @ApiOperation({ summary: 'Release them as another administrator has asked: never one who invited one, or counts as one person with one' })
  @ApiNoContentResponse()
  @Refuses(...OF_DECISIONS)
  release(@Who() who: SignedIn): Promise<void> {
    return this.releaseRestored.release(who);
  }

  @Post('decline')
  @HttpCode(204)
  @Requires('restore.release')
  @ApiOperation({ summary: 'Decline it: the records stay closed' })
  @ApiNoContentResponse()
  @Refuses(...OF_DECISIONS)
  decline(@Who() who: SignedIn): Promise<void> {
    return this.releaseRestored.decline(who);
  }

  @Post('withdraw')
  @HttpCode(204)
  @Requires('restore.release')
  @ApiOperation({ summary: 'Take back what one asked for' })
  @ApiNoContentResponse()
  @Refuses(...OF_STEPS, 'APPROVAL_CLOSED')
  withdraw(@Who() who: SignedIn): Promise<void> {
    return this.releaseRestored.withdraw(who);
  }
}
