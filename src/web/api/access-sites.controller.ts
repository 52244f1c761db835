import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ChooseSite } from '../../access/choose-site.js';
import { OpenSite } from '../../access/open-site.js';
import { Requires, Who } from '../../access/requires.js';
import type { SignedIn } from '../../access/signed-in.js';
import { NewSiteDto, SiteChoiceDto } from './access-site.dto.js';
import { Joined } from './access-session.responses.js';
import { SiteListed, SitesOfOrganisation } from './access-site.responses.js';
import { OF_BODIES, OF_MEMBERS, Refuses } from './refuses.js';

@ApiTags('access')
@ApiBearerAuth()
@Controller('api')
export class AccessSitesController {
  constructor(
    private readonly sites: OpenSite,
    private readonly chooseSite: ChooseSite,
  ) {}

  @Get('sites')
  @Requires('site.list')
  @ApiOperation({ summary: "The organization's sites, oldest first; for members of the whole organization" })
  @ApiOkResponse({ type: SitesOfOrganisation })
  @Refuses(...OF_MEMBERS)
  async list(@Who() who: SignedIn): Promise<SitesOfOrganisation> {
    return { sites: await this.sites.list(who) };
  }

  @Post('sites')
  @Requires('site.open')
  @ApiOperation({ summary: 'Open another site; its first preparer will make its key' })
  @ApiCreatedResponse({ type: SiteListed })
  @Refuses(...OF_MEMBERS, ...OF_BODIES)
  open(@Who() who: SignedIn, @Body() input: NewSiteDto): Promise<SiteListed> {
    return this.sites.run(who, input);
  }

  @Post('session/site')
  @HttpCode(200)
  @Requires('own.site')
  @ApiOperation({ summary: 'Work at another site, in this session; for members of the whole organization' })
  @ApiOkResponse({ type: Joined })
  @Refuses(...OF_MEMBERS, ...OF_BODIES, 'NOT_FOUND')
  async choose(@Who() who: SignedIn, @Body() { siteId }: SiteChoiceDto): Promise<Joined> {
    return { member: await this.chooseSite.run(who, siteId) };
  }
}
