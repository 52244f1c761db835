import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { AskRelease } from '../../retention/holds/ask-release.js';
import { ListHolds } from '../../retention/holds/list-holds.js';
import { PlaceHold } from '../../retention/holds/place-hold.js';
import { holdId } from './hold-id.js';
import { PlaceHoldDto, ReleaseHoldDto } from './holds.dto.js';
import { HoldPlaced, HoldScopeListed, HoldsListed, ReleaseAsked } from './holds.responses.js';
import { OF_BODIES, OF_MEMBERS, Refuses } from './refuses.js';

/** Legal holds: one person places, two release. None gives anybody a right to read. */
@ApiTags('holds')
@ApiBearerAuth()
@Controller('api/holds')
export class HoldsController {
  constructor(
    private readonly placeHold: PlaceHold,
    private readonly askRelease: AskRelease,
    private readonly listHolds: ListHolds,
  ) {}

  @Post()
  @HttpCode(201)
  @Requires('hold.place')
  @ApiOperation({ summary: 'Place a legal hold; it is in force when this is answered' })
  @ApiCreatedResponse({ type: HoldPlaced })
  @Refuses(...OF_MEMBERS, ...OF_BODIES)
  async place(@WhoAtSite() who: SiteMember, @Body() body: PlaceHoldDto): Promise<HoldPlaced> {
    const { scope, ...placed } = await this.placeHold.run(who, body);
    return { ...placed, scope: HoldScopeListed.of(scope) };
  }

  @Get()
  @Requires('hold.read')
  @ApiOperation({ summary: 'Legal holds that cover anything of the site, newest first' })
  @ApiOkResponse({ type: HoldsListed })
  @Refuses(...OF_MEMBERS)
  async list(@WhoAtSite() who: SiteMember): Promise<HoldsListed> {
    const holds = await this.listHolds.run(who);
    return { holds: holds.map(({ scope, ...hold }) => ({ ...hold, scope: HoldScopeListed.of(scope) })) };
  }

  @Post(':id/release')
  @HttpCode(202)
  @Requires('hold.release')
  @ApiOperation({ summary: 'Ask for the release of a hold; another administrator decides, and until then it stays in force' })
  @ApiAcceptedResponse({ type: ReleaseAsked })
  @Refuses(...OF_MEMBERS, ...OF_BODIES, 'NOT_FOUND', 'ALREADY_DONE')
  release(@WhoAtSite() who: SiteMember, @Param('id') id: string, @Body() { reason }: ReleaseHoldDto): Promise<ReleaseAsked> {
    return this.askRelease.run(who, holdId(id), reason);
  }
}
