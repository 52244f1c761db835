import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ChangeSite } from '../../access/change-site.js';
import { REGIMES, type Regime, type SiteChange } from '../../access/site.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import { countingStill } from '../../access/site-day.js';
import type { SiteMember } from '../../access/signed-in.js';
import { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/refusal.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { nameProblems } from '../form/text-problems.js';
import { US_TIME_ZONES } from '../form/us-time-zones.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { refusedFields, type FieldProblems } from '../http/refused-fields.js';
import { settingsPage, type SettingsPage } from '../pages/settings-page.js';
import { PROBLEM_WORDS as WORDS } from '../words/problem-words.js';
import { WATCH_PROBLEMS, watchRules, watchTyped } from './typed-watch.js';

@ApiExcludeController()
@Controller('settings')
export class SettingsController {
  constructor(
    private readonly pages: Pages,
    private readonly sites: ChangeSite,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('site.change')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember): Promise<void> {
    const site = await this.sites.read(who);
    const formerTimeZones = countingStill(site, this.clock.now());
    const shown = { ...site, seasonEnd: site.seasonEnd ?? '', watch: watchTyped(site) };
    const page = { ...shown, openedWith: openedWith(shown), formerTimeZones, timeZones: US_TIME_ZONES, problems: [] };
    await this.pages.send(request, reply, settingsPage, page, { typed: { action: '/settings', problems: [] } });
  }

  @Post()
  @Requires('site.change')
  async change(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Body() body: unknown): Promise<void> {
    const sent = sentForm(body);
    const { openedWith = '', ...fields } = sent.typed;
    const typed = typedSettings(fields);
    const problems = sent.again ?? (await this.attempt(who, typed, openedAs(openedWith)));
    if (!sent.again && problems.length === 0) return this.pages.redirect(reply, '/settings?said=saved');
    const page = { ...typed, openedWith, timeZones: US_TIME_ZONES, problems };
    await this.pages.send(request, reply, settingsPage, page, { status: 422, path: '/settings', typed: { action: '/settings', problems } });
  }

  /**
   * Saves only what has no mistake in it, and only what was changed since the form was opened: what somebody else changed meanwhile stays. The
   * service's own mistakes are looked for beside those that can be seen here.
   */
  private async attempt(who: SiteMember, typed: TypedSettings, opened: SiteChange): Promise<readonly FormProblem[]> {
    const names = nameProblems({ name: typed.name }, ['name']);
    const own = [...names, ...watchRules(typed.watch).problems];
    const asked: SiteChange = { ...changeTo(typed), ...(names.length > 0 && { name: undefined }) };
    const change: SiteChange = Object.fromEntries(Object.entries(asked).filter(([setting, value]) => value !== opened[setting as keyof SiteChange]));
    try {
      await (own.length > 0 ? this.sites.look(who, change) : this.sites.run(who, change));
      return own;
    } catch (error) {
      return inOrder([...own, ...refusedFields(error, { ...problemsOfSite(error), ...WATCH_PROBLEMS })]);
    }
  }
}

/** As the page has the fields. */
function inOrder(problems: readonly FormProblem[]): readonly FormProblem[] {
  const order = ['name', 'seasonEnd', 'timeZone', ...Object.keys(WATCH_PROBLEMS)];
  return [...problems].sort((one, other) => order.indexOf(one.path) - order.indexOf(other.path));
}

function problemsOfSite(error: unknown): FieldProblems {
  return {
    name: { path: 'name', reason: WORDS.siteNameTaken },
    seasonEnd: { path: 'seasonEnd', reason: isLocked(error) ? WORDS.seasonLocked : WORDS.seasonEnd },
    timeZone: { path: 'timeZone', reason: isLocked(error) ? WORDS.timeZoneLocked : WORDS.timeZone },
  };
}

function isLocked(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'RETENTION_LOCKED';
}

type TypedSettings = Omit<SettingsPage, 'timeZones' | 'formerTimeZones' | 'problems' | 'openedWith'>;

/** The form's fields as it was opened, to be sent along. */
function openedWith({ watch, name, timeZone, seasonEnd, regime, ...boxes }: TypedSettings): string {
  const ticked = (['collectCredentials', 'collectNotes'] as const).flatMap((box) => (boxes[box] ? [[box, 'yes']] : []));
  return new URLSearchParams([...Object.entries({ name, timeZone, seasonEnd, ...(regime && { regime }), ...watch }), ...ticked] as [string, string][]).toString();
}

/** What a form that was opened so would have asked for; nothing where it does not say. */
function openedAs(openedWith: string): SiteChange {
  return openedWith === '' ? {} : changeTo(typedSettings(Object.fromEntries(new URLSearchParams(openedWith))));
}

/** All that a form asks for. */
function changeTo({ watch, seasonEnd, ...typed }: TypedSettings): SiteChange {
  return { ...typed, ...watchRules(watch).rules, seasonEnd: seasonEnd === '' ? null : seasonEnd };
}

/** A box that is not ticked is not sent. */
function typedSettings({ name = '', timeZone = '', seasonEnd = '', regime, ...boxes }: FormValues): TypedSettings {
  return {
    name: name.trim(),
    timeZone: timeZone.trim(),
    seasonEnd: seasonEnd.trim(),
    collectCredentials: boxes['collectCredentials'] === 'yes',
    collectNotes: boxes['collectNotes'] === 'yes',
    ...(isRegime(regime) && { regime }),
    watch: boxes,
  };
}

function isRegime(text: string | undefined): text is Regime {
  return REGIMES.some((one) => one === text);
}
