import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ChangeSite } from '../../access/change-site.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import type { Site } from '../../access/site.js';
import { SiteDto } from './access-site.dto.js';

@ApiTags('access')
@ApiBearerAuth()
@Controller('api/site')
export class AccessSiteController {
  constructor(private readonly sites: ChangeSite) {}

  @Get()
  @Requires('site.read')
  @ApiOperation({ summary: "The site's settings" })
  read(@WhoAtSite() who: SiteMember): Promise<Site> {
    return this.sites.read(who);
  }

  @Patch()
  @Requires('site.change')
  @ApiOperation({ summary: 'Change settings of the site (logged)' })
  change(@WhoAtSite() who: SiteMember, @Body() settings: SiteDto): Promise<Site> {
    return this.sites.run(who, settings);
  }
}
