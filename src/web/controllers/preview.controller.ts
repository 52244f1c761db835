import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isAllowed } from '../../access/permissions.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { everAsked } from '../../access/ever-asked.js';
import { readSite } from '../../access/site.js';
import { RETENTION_CLASSES, type RetentionClass } from '../../catalogue/retention-class.js';
import { day, type Day } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Refusal } from '../../platform/refusal.js';
import { Preview, type FoundPreview } from '../../retention/preview.js';
import type { FormProblem } from '../form/form-values.js';
import { languageOf } from '../http/language-of.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { previewPage } from '../pages/preview-page.js';
import { drawLiving } from '../plots/draw-living.js';
import { PREVIEW_WORDS as WORDS } from '../words/preview-words.js';
import { isForeseen, previewPageObject } from './preview-page-object.js';

/** As it stands in the address: anything. */
type Asked = Readonly<Record<string, unknown>>;

/** What will be destroyed at the site where a member works, before it is. By GET throughout: nothing here changes anything. */
@ApiExcludeController()
@Controller('retention/preview')
export class PreviewController {
  constructor(
    private readonly pages: Pages,
    private readonly preview: Preview,
    private readonly records: RecordsDatabase,
  ) {}

  @Get()
  @Requires('retention.preview')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Query() asked: Asked): Promise<void> {
    const typed = textOf(asked['asOf']);
    const cursor = textOf(asked['cursor']);
    const [site, ever] = await this.records.inSite(who.siteId, async (tx) => [await readSite(tx, who.siteId), await everAsked(tx)] as const);
    const counted = RETENTION_CLASSES.filter((name) => isForeseen(site, ever, name));
    const { found, problems } = await this.read(who, counted, typed, cursor);
    const page = { ...previewPageObject({ site, ever, ...found, cursor, typed, problems }), mayPropose: isAllowed(who, 'policy.propose') };
    await this.pages.send(request, reply, previewPage, page, { status: problems.length > 0 ? 422 : 200 });
  }

  @Get('plot.svg')
  @Requires('retention.preview')
  async plot(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Query() asked: Asked): Promise<void> {
    const overTime = await this.preview.heldOverTime(who.siteId);
    const svg = drawLiving(overTime, asked['width'] === 'wide' ? 'wide' : 'narrow', languageOf(request));
    await reply.type('image/svg+xml; charset=utf-8').send(svg);
  }

  /** A day that cannot be shown is said beside what the next run does. */
  private async read(who: SiteMember, counted: readonly RetentionClass[], typed: string | undefined, cursor: string | undefined): Promise<{ found: FoundPreview; problems: readonly FormProblem[] }> {
    const asOf = dayTyped(typed);
    try {
      if (asOf !== 'none') return { found: await this.preview.readWithTime(who.siteId, asOf ?? 'next-run', cursor, counted), problems: [] };
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'INVALID_INPUT' && error.details.fields?.includes('asOf'))) throw error;
    }
    return { found: await this.preview.readWithTime(who.siteId, 'next-run', undefined, counted), problems: [{ path: 'asOf', reason: WORDS.notADay }] };
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 60) : undefined;
}

function dayTyped(text: string | undefined): Day | 'none' | undefined {
  try {
    return text === undefined ? undefined : day(text);
  } catch {
    return 'none';
  }
}
