import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ListMembers } from '../../access/list-members.js';
import { ReadReadings, type ReadingsOfSite } from '../../access/readings-of-site.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import type { ReadingsBy } from '../../audit/readings-over-time.js';
import { languageOf } from '../http/language-of.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { readingsPage } from '../pages/readings-page.js';
import { drawReadings, type ReadingsSeries } from '../plots/draw-readings.js';
import type { Language } from '../words/language.js';
import { purposeInWords } from '../words/audit-words.js';
import { READINGS_WORDS as WORDS } from '../words/readings-words.js';

/** More than these nobody tells apart in a plot: the rest counts together. */
const MOST_SERIES = 7;

/** How much was read at a site, day by day, as a plot and a table. */
@ApiExcludeController()
@Controller('entries/over-time')
export class ReadingsController {
  constructor(
    private readonly pages: Pages,
    private readonly readings: ReadReadings,
    private readonly members: ListMembers,
  ) {}

  @Get()
  @Requires('audit.read')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Query('by') asked: unknown): Promise<void> {
    const by = byOf(asked);
    const found = await this.readings.run(who, by);
    const series = await this.seriesOf(who, found, by, languageOf(request));
    const rows = found.days.map((day, at) => ({ day, values: series.map(({ values }) => values[at]!), to: `/entries?kind=readings&from=${day}&to=${day}` as const }));
    const picture = (width: string) => `/entries/over-time/plot.svg?by=${by}&width=${width}` as const;
    const page = { by, names: series.map(({ name }) => name), rows: rows.filter(({ values }) => values.some((value) => value > 0)).toReversed() };
    await this.pages.send(request, reply, readingsPage, { ...page, pictures: { narrow: picture('narrow'), wide: picture('wide') } });
  }

  @Get('plot.svg')
  @Requires('audit.read')
  async plot(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Query('by') asked: unknown, @Query('width') width: unknown): Promise<void> {
    const [by, language] = [byOf(asked), languageOf(request)];
    const found = await this.readings.run(who, by);
    const svg = drawReadings(found.days, await this.seriesOf(who, found, by, language), width === 'wide' ? 'wide' : 'narrow', language);
    await reply.type('image/svg+xml; charset=utf-8').send(svg);
  }

  /** Largest first. */
  private async seriesOf(who: SiteMember, { days, readings }: ReadingsOfSite, by: ReadingsBy, language: Language): Promise<readonly ReadingsSeries[]> {
    const names = by === 'member' ? new Map((await this.members.run(who)).map(({ id, name }) => [id, name])) : undefined;
    const nameOf = (of: string) => (names ? (names.get(of) ?? of) : purposeInWords(of)[language]);
    const totals = new Map<string, number>();
    for (const { of, readings: count } of readings) totals.set(of, (totals.get(of) ?? 0) + count);
    const ranked = [...totals.keys()].toSorted((a, b) => totals.get(b)! - totals.get(a)!);
    const [shown, others] = [ranked.slice(0, MOST_SERIES), new Set(ranked.slice(MOST_SERIES))];
    const valuesOf = (isOne: (of: string) => boolean) => {
      const byDay = new Map<string, number>();
      for (const one of readings) if (isOne(one.of)) byDay.set(one.day, (byDay.get(one.day) ?? 0) + one.readings);
      return days.map((day) => byDay.get(day) ?? 0);
    };
    return [
      ...shown.map((of) => ({ name: nameOf(of), values: valuesOf((one) => one === of) })),
      ...(others.size > 0 ? [{ name: WORDS.others[language], values: valuesOf((one) => others.has(one)) }] : []),
    ];
  }
}

function byOf(asked: unknown): ReadingsBy {
  return asked === 'member' ? 'member' : 'purpose';
}
