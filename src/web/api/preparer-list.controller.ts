import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { ListReturns } from '../../intake/list-returns.js';
import { returnPeriodNamed } from '../../intake/return-period.js';
import { ListQuery } from './intake-query.dto.js';
import { ReturnPeriods, ReturnsOnList } from './preparer-list.responses.js';
import { OF_MEMBERS, OF_THE_VAULT, Refuses } from './refuses.js';

/** The list that compensated preparers show on request, as JSON. */
@ApiTags('intakes')
@ApiBearerAuth()
@Controller('api/preparer-list')
export class PreparerListApiController {
  constructor(private readonly list: ListReturns) {}

  @Get()
  @Requires('intake.read')
  @ApiOperation({ summary: 'The return periods of the preparer’s list; opens nothing' })
  @ApiOkResponse({ type: ReturnPeriods })
  @Refuses(...OF_MEMBERS)
  async periods(@WhoAtSite() who: SiteMember): Promise<ReturnPeriods> {
    return { periods: await this.list.periods(who) };
  }

  @Get(':year')
  @Requires('intake.read')
  @ApiOperation({ summary: 'The preparer’s list of the twelve months from 1 July of a year, fifty a page (a logged read of names and numbers)' })
  @ApiOkResponse({ type: ReturnsOnList })
  @Refuses(...OF_MEMBERS, ...OF_THE_VAULT, 'NOT_FOUND', 'INVALID_INPUT')
  async ofPeriod(@WhoAtSite() who: SiteMember, @Param('year') year: string, @Query() { cursor, next = cursor }: ListQuery): Promise<ReturnsOnList> {
    const period = returnPeriodNamed(year);
    const { returns, ...rest } = await this.list.run(who, period, next);
    return { period, returns: returns.map(({ isPreserved, list, ...one }) => ({ ...one, ...(isPreserved ? { preserved: true } : {}), ...list?.reveal() })), ...rest };
  }
}
