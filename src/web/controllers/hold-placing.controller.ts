import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PublishedSites } from '../../access/published-sites.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { ForeseeHold, type ForeseenHold } from '../../retention/holds/foresee-hold.js';
import { PlaceHold, type PlacedHold } from '../../retention/holds/place-hold.js';
import { holdId } from '../api/hold-id.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { isDoneAlready } from '../http/done-already.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { refusedFields } from '../http/refused-fields.js';
import { holdCheckPage } from '../pages/hold-check-page.js';
import { newHoldPage } from '../pages/new-hold-page.js';
import { holdPath, siteNamed } from './holds-page-object.js';
import { HOLD_PROBLEMS, holdFields, holdInput, holdProblems } from './typed-hold.js';

const FORM = '/holds/new';
const CHECK = '/holds';

/** Placing a legal hold: a form, then a page that says what it would keep, and only from there is it placed. */
@ApiExcludeController()
@Controller('holds')
export class HoldPlacingController {
  constructor(
    private readonly pages: Pages,
    private readonly foresee: ForeseeHold,
    private readonly placeHold: PlaceHold,
    private readonly sites: PublishedSites,
  ) {}

  @Get('new')
  @Requires('hold.place')
  async form(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember): Promise<void> {
    await this.showForm(request, reply, who, {}, [], 200);
  }

  /** Places nothing. From the page that follows one comes back here to change something. */
  @Post('new')
  @Requires('hold.place')
  async check(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Body() body: unknown): Promise<void> {
    const { typed, again } = sentForm(body);
    if (again ?? typed['change']) return this.showForm(request, reply, who, typed, again ?? [], again?.length ? 422 : 200);
    await this.showCheck(request, reply, who, typed);
  }

  /** From the page that says what it would keep. */
  @Post()
  @Requires('hold.place')
  async place(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Body() body: unknown): Promise<void> {
    const { typed, again } = sentForm(body);
    if (again) return this.showCheck(request, reply, who, typed);
    const id = typed['form'] ? holdId(typed['form']) : randomUUID();
    const placed = await this.attempt(typed, () => this.placedOnce(who, typed, id));
    if (isProblems(placed)) return this.showForm(request, reply, who, typed, placed, 422);
    await this.pages.redirect(reply, `${holdPath(id)}?said=${placed.saveUnderWay ? 'hold-placed-beside-save' : 'hold-placed'}`);
  }

  /** Who pressed the button twice has placed one hold, and is shown it. */
  private async placedOnce(who: SiteMember, typed: FormValues, id: string): Promise<Pick<PlacedHold, 'saveUnderWay'>> {
    try {
      return await this.placeHold.run(who, holdInput(typed), id);
    } catch (error) {
      if (isDoneAlready(error)) return { saveUnderWay: false };
      throw error;
    }
  }

  private async showCheck(request: PageRequest, reply: FastifyReply, who: SiteMember, typed: FormValues): Promise<void> {
    const foreseen = await this.attempt<ForeseenHold>(typed, () => this.foresee.run(who, holdInput(typed)));
    if (isProblems(foreseen)) return this.showForm(request, reply, who, typed, foreseen, 422);
    const page = { ...foreseen, ...siteNamed(await this.sites.all(), foreseen.scope), typed: { ...holdFields(typed), form: typed['form'] ?? randomUUID() } };
    await this.pages.send(request, reply, holdCheckPage, page, { path: FORM, typed: { action: CHECK, problems: [] } });
  }

  private async showForm(
    request: PageRequest,
    reply: FastifyReply,
    who: SiteMember,
    typed: FormValues,
    problems: readonly FormProblem[],
    status: number,
  ): Promise<void> {
    const sites = who.organisationWide ? { sites: await this.sites.all() } : {};
    const page = { ...sites, typed: holdFields(typed), problems };
    await this.pages.send(request, reply, newHoldPage, page, { status, path: FORM, typed: { action: FORM, problems } });
  }

  private async attempt<T extends object>(typed: FormValues, work: () => Promise<T>): Promise<T | readonly FormProblem[]> {
    const problems = holdProblems(typed);
    if (problems.length > 0) return problems;
    try {
      return await work();
    } catch (error) {
      return refusedFields(error, HOLD_PROBLEMS);
    }
  }
}

function isProblems(result: object): result is readonly FormProblem[] {
  return Array.isArray(result);
}
