import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isAllowed } from '../../access/permissions.js';
import { PublishedSites } from '../../access/published-sites.js';
import { Public } from '../../access/requires.js';
import { siteDay } from '../../access/site-day.js';
import type { Site } from '../../access/site.js';
import { catalogue } from '../../catalogue/catalogue.js';
import { PREPARER_LIST, RETENTION_CLASSES } from '../../catalogue/retention-class.js';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Refusal } from '../../platform/refusal.js';
import { policiesOfHolds } from '../../retention/policies/policies-of-holds.js';
import { policySchedule } from '../../retention/policy-schedule.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { Visitor } from '../http/visitor.js';
import { policyPage } from '../pages/policy-page.js';
import type { SiteLink } from '../pages/other-sites.js';
import { whatWeHoldPage } from '../pages/what-we-hold-page.js';
import type { LocalPath } from '../shell/local-path.js';
import { isCollected, policyPageObject } from './policy-page-object.js';

/** What clients may read before they tell anything: what is asked and why, and how long it is kept. */
@ApiExcludeController()
@Controller()
export class PolicyController {
  constructor(
    private readonly pages: Pages,
    private readonly visitor: Visitor,
    private readonly sites: PublishedSites,
    private readonly records: RecordsDatabase,
    private readonly clock: Clock,
  ) {}

  @Get('policy')
  @Public('the policy is published: it holds for clients, and says nothing of any of them')
  async policy(@Req() request: PageRequest, @Res() reply: FastifyReply, @Query('site') asked: unknown): Promise<void> {
    const { site, others } = await this.choice(request, asked);
    const today = siteDay(site, this.clock.now());
    const policies = await this.records.withoutSite(async (tx) => ({ schedule: await policySchedule(tx), ...(await policiesOfHolds(tx)) }));
    const who = await this.visitor.find(request);
    const mayPropose = who !== undefined && isAllowed(who, 'policy.propose');
    const page = { ...policyPageObject(site, await this.sites.keepsList(site.id), policies, today), otherSites: linksTo('/policy', others), mayPropose };
    await this.pages.send(request, reply, policyPage, page);
  }

  @Get('what-we-hold')
  @Public('the list of questions is published, with the reason of each')
  async whatWeHold(@Req() request: PageRequest, @Res() reply: FastifyReply, @Query('site') asked: unknown): Promise<void> {
    const { site, others } = await this.choice(request, asked);
    const keepsList = isCollected(site, PREPARER_LIST) || (await this.sites.keepsList(site.id));
    const classes = RETENTION_CLASSES.filter((name) => name !== PREPARER_LIST || keepsList).map((name) => ({
      class: name,
      collected: isCollected(site, name),
      fields: catalogue.fields.filter((field) => field.class === name),
    }));
    await this.pages.send(request, reply, whatWeHoldPage, { siteName: site.name, classes, otherSites: linksTo('/what-we-hold', others) });
  }

  /**
   * The site that the address names; else the one at which a member works; for everyone else the organisation's first.
   * By its name, which is public: certificates go out with the ids of all sites, and nothing public says whose they are.
   */
  private async choice(request: PageRequest, asked: unknown): Promise<{ site: Site; others: readonly Site[] }> {
    const sites = await this.sites.all();
    if (sites.length === 0) throw new Refusal('NOT_READY', 'This service has not been set up yet.');
    const workplace = asked === undefined ? (await this.visitor.find(request))?.siteId : undefined;
    const site = asked === undefined ? (sites.find(({ id }) => id === workplace) ?? sites[0]) : sites.find(({ name }) => name === asked);
    if (!site) throw new Refusal('NOT_FOUND', 'There is no such site.');
    return { site, others: sites.filter((other) => other !== site) };
  }
}

function linksTo(path: LocalPath, sites: readonly Site[]): readonly SiteLink[] {
  return sites.map(({ name }) => ({ name, to: `${path}?site=${encodeURIComponent(name)}` }));
}
