import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PublishedSites } from '../../access/published-sites.js';
import { Public } from '../../access/requires.js';
import type { Site } from '../../access/site.js';
import { catalogue } from '../../catalogue/catalogue.js';
import { RETENTION_CLASSES } from '../../catalogue/retention-class.js';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Refusal } from '../../platform/refusal.js';
import { policyInForce } from '../../retention/policy.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { Visitor } from '../http/visitor.js';
import { policyPage } from '../pages/policy-page.js';
import { whatWeHoldPage } from '../pages/what-we-hold-page.js';
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
  async policy(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    const site = await this.siteOf(request);
    const today = this.clock.today(site.timeZone);
    const policy = await this.records.withoutSite((tx) => policyInForce(tx, today));
    await this.pages.send(request, reply, policyPage, policyPageObject(site, policy, today));
  }

  @Get('what-we-hold')
  @Public('the list of questions is published, with the reason of each')
  async whatWeHold(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    const site = await this.siteOf(request);
    const classes = RETENTION_CLASSES.map((name) => ({
      class: name,
      collected: isCollected(site, name),
      fields: catalogue.fields.filter((field) => field.class === name),
    }));
    await this.pages.send(request, reply, whatWeHoldPage, { classes });
  }

  /** The member's own site; for everyone else the organisation's first, which is its only one so far. */
  private async siteOf(request: PageRequest): Promise<Site> {
    const sites = await this.sites.all();
    const who = await this.visitor.find(request);
    const site = sites.find(({ id }) => id === who?.siteId) ?? sites[0];
    if (!site) throw new Refusal('NOT_READY', 'This service has not been set up yet.');
    return site;
  }
}
