import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { ListIntakes } from '../../intake/list-intakes.js';
import { ListKeptConsents } from '../../intake/list-kept-consents.js';
import { ListReturns } from '../../intake/list-returns.js';
import { SearchIntakes } from '../../intake/search-intakes.js';
import { typedValues } from '../form/typed-values.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { intakeListPage, type IntakeListPage } from '../pages/intake-list-page.js';
import { intakeRows, SEARCH_INPUTS, searchFrom } from './intake-list-page-object.js';
import { SiteQuestions, type Asked } from './site-questions.js';

/** The site's intakes, and the search among them. For preparers: all that can be done from here is theirs. */
@ApiExcludeController()
@Controller('intakes')
export class IntakeListController {
  constructor(
    private readonly pages: Pages,
    private readonly site: SiteQuestions,
    private readonly list: ListIntakes,
    private readonly search: SearchIntakes,
    private readonly returns: ListReturns,
    private readonly consents: ListKeptConsents,
  ) {}

  @Get()
  @Requires('intake.search')
  async show(
    @WhoAtSite() who: SiteMember,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Query('cursor') cursor?: string,
  ): Promise<void> {
    const { intakes, next } = await this.list.run(who, cursor);
    const [asked, mayHold] = [await this.site.of(who), await this.site.mayHold(who)];
    await this.pages.send(request, reply, intakeListPage, {
      intakes: intakeRows(intakes, asked.siteDay, mayHold),
      hasPreparerList: await this.returns.keepsLists(who),
      hasKeptConsents: await this.consents.keepsConsents(who),
      ...(next === undefined ? {} : { older: `/intakes?cursor=${next}` as const }),
      search: { values: {}, problems: [], byTaxpayerId: asked.rules.collect.credentials },
    });
  }

  /** Changes nothing, so the language switch searches again. */
  @Post('search')
  @HttpCode(200)
  @Requires('intake.search')
  async find(@WhoAtSite() who: SiteMember, @Req() request: PageRequest, @Res() reply: FastifyReply, @Body() body: unknown): Promise<void> {
    const { typed: sent } = sentForm(body);
    const { query, problems } = searchFrom(sent);
    const asked = await this.site.of(who);
    const box = { values: typedValues(SEARCH_INPUTS, sent), problems, byTaxpayerId: asked.rules.collect.credentials };
    const page: IntakeListPage = { search: problems.length > 0 ? box : { ...box, found: await this.found(who, query, asked) } };
    await this.pages.send(request, reply, intakeListPage, page, {
      status: problems.length > 0 ? 422 : 200,
      path: '/intakes',
      typed: { action: '/intakes/search', problems },
    });
  }

  private async found(who: SiteMember, query: unknown, asked: Asked) {
    const matches = await this.search.run(who, query);
    const listed = await this.list.these(who, matches.map(({ id }) => id));
    const mayHold = await this.site.mayHold(who);
    return intakeRows(listed, asked.siteDay, mayHold);
  }
}
