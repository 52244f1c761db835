import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ChangeSite } from '../../access/change-site.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { SiteDto } from './access-site.dto.js';
import { SiteSettings } from './access-site.responses.js';
import { OF_BODIES, OF_MEMBERS, Refuses } from './refuses.js';

@ApiTags('access')
@ApiBearerAuth()
@Controller('api/site')
export class AccessSiteController {
  constructor(private readonly sites: ChangeSite) {}

  @Get()
  @Requires('site.read')
  @ApiOperation({ summary: "The site's settings" })
  @ApiOkResponse({ type: SiteSettings })
  @Refuses(...OF_MEMBERS)
  read(@WhoAtSite() who: SiteMember): Promise<SiteSettings> {
    return this.sites.read(who);
  }

  @Patch()
  @Requires('site.change')
  @ApiOperation({ summary: 'Change settings of the site (logged)' })
  @ApiConsumes('application/json', 'application/merge-patch+json')
  @ApiOkResponse({ type: SiteSettings })
  @Refuses(...OF_MEMBERS, ...OF_BODIES, 'RETENTION_LOCKED')
  change(@WhoAtSite() who: SiteMember, @Body() settings: SiteDto): Promise<SiteSettings> {
    return this.sites.run(who, settings);
  }
}
