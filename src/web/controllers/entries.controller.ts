import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ChangeSite } from '../../access/change-site.js';
import { ListMembers } from '../../access/list-members.js';
import { ReadLog } from '../../access/read-log.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { entriesPage } from '../pages/entries-page.js';
import { entriesPageObject } from './entries-page-object.js';
import { entryQuery, type EntryQuery } from './entry-query.js';

/** As it stands in the address: anything. */
type Asked = Readonly<Record<string, unknown>>;

@ApiExcludeController()
@Controller('entries')
export class EntriesController {
  constructor(
    private readonly pages: Pages,
    private readonly readLog: ReadLog,
    private readonly members: ListMembers,
    private readonly sites: ChangeSite,
  ) {}

  /** A filter that is not understood shows no entries, and then nothing was read. */
  @Get()
  @Requires('audit.read')
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Query() asked: Asked): Promise<void> {
    const { timeZone } = await this.sites.read(who);
    const query = entryQuery(asked, timeZone);
    const refused = query.problems.length > 0;
    const found = refused ? { entries: [] } : await this.readLog.run(who, query.filter, cursorOf(asked));
    const summary = !refused && isTrail(query) ? await this.readLog.summarise(who, query.filter) : undefined;
    const page = entriesPageObject({ ...found, summary }, query, await this.members.run(who));
    await this.pages.send(request, reply, entriesPage, page, { status: refused ? 422 : 200 });
  }
}

/** Of one member or one intake. */
function isTrail({ filter }: EntryQuery): boolean {
  return filter.member !== undefined || filter.intake !== undefined;
}

function cursorOf({ cursor }: Asked): string | undefined {
  return cursor === undefined ? undefined : String(cursor);
}
