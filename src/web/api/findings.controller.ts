import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReadFindings, spanDays } from '../../access/read-findings.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { DETECTORS } from '../../audit/findings/finding.js';
import { FindingsQuery } from './findings.dto.js';
import { FindingList, ListedFinding } from './findings.responses.js';
import { OF_MEMBERS, Refuses } from './refuses.js';

@ApiTags('audit')
@ApiBearerAuth()
@Controller('api/audit/findings')
export class FindingsApiController {
  constructor(private readonly findings: ReadFindings) {}

  @Get()
  @Requires('audit.read')
  @ApiOperation({ summary: 'What stands out in the log of the site, with what auditors wrote about it; looking is an entry' })
  @ApiOkResponse({ type: FindingList })
  @Refuses(...OF_MEMBERS, 'INVALID_INPUT')
  async list(@WhoAtSite() who: SiteMember, @Query() { days }: FindingsQuery): Promise<FindingList> {
    const { span, found, differing } = await this.findings.run(who, spanDays(days));
    return {
      ...span,
      findings: DETECTORS.flatMap((name) => found[name].findings.map(ListedFinding.of)),
      more: DETECTORS.filter((name) => found[name].more),
      settingsNotAsLogged: differing,
    };
  }
}
