import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { listEntries, type EntryFilter, type EntryPage } from '../audit/list-entries.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { actorOf } from './actor.js';
import type { SiteMember } from './signed-in.js';

/** Reading the log is an entry of its own, written before the page leaves the server. */
@Injectable()
export class ReadLog {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
  ) {}

  /** @throws Refusal INVALID_INPUT for a cursor that is not one */
  run(who: SiteMember, filter: EntryFilter, cursor?: string): Promise<EntryPage> {
    return this.records.inSite(who.siteId, async (tx) => {
      const page = await listEntries(tx, filter, cursor);
      await this.log.append(tx, { kind: 'log.read', actor: actorOf(who), subject: { site: who.siteId }, context: { counts: { entries: page.entries.length } } });
      return page;
    });
  }
}
