import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { ListReturns } from '../../intake/list-returns.js';
import { returnPeriodNamed } from '../../intake/return-period.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { preparerListPage, preparerListsPage } from '../pages/preparer-list-page.js';
import { preparerListObject } from './preparer-list-page-object.js';

/** What a compensated preparer shows to the IRS on request. */
@ApiExcludeController()
@Controller('preparer-list')
export class PreparerListController {
  constructor(
    private readonly pages: Pages,
    private readonly list: ListReturns,
  ) {}

  @Get()
  @Requires('intake.read')
  async periods(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember): Promise<void> {
    await this.pages.send(request, reply, preparerListsPage, { periods: await this.list.periods(who) });
  }

  @Get(':year')
  @Requires('intake.read')
  async ofPeriod(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Param('year') year: string, @Query('cursor') cursor?: string): Promise<void> {
    const period = returnPeriodNamed(year);
    await this.pages.send(request, reply, preparerListPage, preparerListObject(period, await this.list.run(who, period, cursor)));
  }
}
