import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ChooseSite } from '../../access/choose-site.js';
import { OpenSite } from '../../access/open-site.js';
import { isAllowed } from '../../access/permissions.js';
import { Requires, Who } from '../../access/requires.js';
import type { SignedIn } from '../../access/signed-in.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { nameProblems } from '../form/text-problems.js';
import { US_TIME_ZONES } from '../form/us-time-zones.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { postedForm, sentForm } from '../http/posted-form.js';
import { refusedFields } from '../http/refused-fields.js';
import { sitesPage, type NewSiteForm, type SitesPage } from '../pages/sites-page.js';
import { PROBLEM_WORDS as WORDS } from '../words/problem-words.js';

const NOTHING_TYPED: NewSiteForm = { name: '', timeZone: '', timeZones: US_TIME_ZONES, problems: [] };

@ApiExcludeController()
@Controller('sites')
export class SitesController {
  constructor(
    private readonly pages: Pages,
    private readonly sites: OpenSite,
    private readonly chooseSite: ChooseSite,
  ) {}

  @Get()
  @Requires('site.list')
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply, @Who() who: SignedIn): Promise<void> {
    const page = await this.page(who, NOTHING_TYPED);
    await this.pages.send(request, reply, sitesPage, page, page.opening ? { typed: { action: '/sites', problems: [] } } : {});
  }

  @Post()
  @Requires('site.open')
  async open(@Req() request: PageRequest, @Res() reply: FastifyReply, @Who() who: SignedIn, @Body() body: unknown): Promise<void> {
    const { typed, again } = sentForm(body);
    const problems = again ?? (await this.attempt(who, typed));
    if (!again && problems.length === 0) return this.pages.redirect(reply, '/sites?said=site-opened');
    const { name = '', timeZone = '' } = typed;
    const page = await this.page(who, { name, timeZone, timeZones: US_TIME_ZONES, problems });
    await this.pages.send(request, reply, sitesPage, page, { status: 422, path: '/sites', typed: { action: '/sites', problems } });
  }

  /** Then the start page, which is of that site. */
  @Post('work')
  @Requires('own.site')
  async work(@Res() reply: FastifyReply, @Who() who: SignedIn, @Body() body: unknown): Promise<void> {
    await this.chooseSite.run(who, postedForm(body)['siteId'] ?? '');
    await this.pages.redirect(reply, '/');
  }

  private async page(who: SignedIn, opening: NewSiteForm): Promise<SitesPage> {
    const sites = (await this.sites.list(who)).map((site) => ({ ...site, isHere: site.id === who.siteId }));
    return { sites, ...(isAllowed(who, 'site.open') ? { opening } : {}) };
  }

  private async attempt(who: SignedIn, typed: FormValues): Promise<readonly FormProblem[]> {
    const problems = nameProblems(typed, ['name']);
    if (problems.length > 0) return problems;
    const { name = '', timeZone = '' } = typed;
    try {
      await this.sites.run(who, { name, timeZone: timeZone.trim() });
      return [];
    } catch (error) {
      return refusedFields(error, {
        name: { path: 'name', reason: WORDS.siteNameTaken },
        timeZone: { path: 'timeZone', reason: WORDS.timeZone },
      });
    }
  }
}
