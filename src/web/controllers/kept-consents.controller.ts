import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { filingYearNamed, ListKeptConsents } from '../../intake/list-kept-consents.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { keptConsentsPage, keptYearsPage } from '../pages/kept-consents-page.js';
import { keptConsentsObject } from './kept-consents-page-object.js';

/** The consents that a site keeps, to show them later. */
@ApiExcludeController()
@Controller('kept-consents')
export class KeptConsentsController {
  constructor(
    private readonly pages: Pages,
    private readonly list: ListKeptConsents,
  ) {}

  @Get()
  @Requires('intake.read')
  async years(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember): Promise<void> {
    await this.pages.send(request, reply, keptYearsPage, { years: await this.list.years(who) });
  }

  @Get(':year')
  @Requires('intake.read')
  async ofYear(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Param('year') yearText: string, @Query('cursor') cursor?: string): Promise<void> {
    const year = filingYearNamed(yearText);
    await this.pages.send(request, reply, keptConsentsPage, keptConsentsObject(year, await this.list.run(who, year, cursor)));
  }
}
