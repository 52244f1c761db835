import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReadPendingApprovals } from '../../access/approvals/pending-approvals.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Notices } from './approvals.responses.js';
import { OF_MEMBERS, Refuses } from './refuses.js';

@ApiTags('approvals')
@ApiBearerAuth()
@Controller('api/notices')
export class NoticesController {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly pending: ReadPendingApprovals,
  ) {}

  @Get()
  @Requires('site.read')
  @ApiOperation({ summary: 'What stands on every page, for every member: who is about to become an administrator' })
  @ApiOkResponse({ type: Notices })
  @Refuses(...OF_MEMBERS)
  read(@WhoAtSite() who: SiteMember): Promise<Notices> {
    return this.records.inSite(who.siteId, (tx) => this.pending.run(tx, who));
  }
}
