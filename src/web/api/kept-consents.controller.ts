import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { filingYearNamed, ListKeptConsents } from '../../intake/list-kept-consents.js';
import { ListQuery } from './intake-query.dto.js';
import { ConsentsOfYear, KeptYears } from './kept-consents.responses.js';
import { OF_MEMBERS, OF_THE_VAULT, Refuses } from './refuses.js';

/** The consents that a site keeps to show them later, as JSON. */
@ApiTags('intakes')
@ApiBearerAuth()
@Controller('api/kept-consents')
export class KeptConsentsApiController {
  constructor(private readonly list: ListKeptConsents) {}

  @Get()
  @Requires('intake.read')
  @ApiOperation({ summary: 'The filing years of which consents are kept; opens nothing' })
  @ApiOkResponse({ type: KeptYears })
  @Refuses(...OF_MEMBERS)
  async years(@WhoAtSite() who: SiteMember): Promise<KeptYears> {
    return { years: await this.list.years(who) };
  }

  @Get(':year')
  @Requires('intake.read')
  @ApiOperation({ summary: 'The consents that are kept of a filing year, with who gave them, fifty intakes a page (a logged read)' })
  @ApiOkResponse({ type: ConsentsOfYear })
  @Refuses(...OF_MEMBERS, ...OF_THE_VAULT, 'NOT_FOUND', 'INVALID_INPUT')
  async ofYear(@WhoAtSite() who: SiteMember, @Param('year') yearText: string, @Query() { cursor, next = cursor }: ListQuery): Promise<ConsentsOfYear> {
    const year = filingYearNamed(yearText);
    const { intakes, ...rest } = await this.list.run(who, year, next);
    return { year, intakes: intakes.map(({ isPreserved, consents, ...one }) => ({ ...one, ...(isPreserved && { preserved: true }), ...(consents && { consents: consents.reveal() }) })), ...rest };
  }
}
