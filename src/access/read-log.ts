import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import type { EntryFilter } from '../audit/entry-filter.js';
import { listEntries, type EntryPage } from '../audit/list-entries.js';
import { summariseEntries, type EntrySummary } from '../audit/summarise-entries.js';
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

  /** What all entries that fit come to. It tells no more than they do, and whoever asks reads them in the same breath. */
  summarise(who: SiteMember, filter: EntryFilter): Promise<EntrySummary> {
    return this.records.inSite(who.siteId, (tx) => summariseEntries(tx, filter));
  }

  /** @throws Refusal INVALID_INPUT for a cursor that is not one */
  run(who: SiteMember, filter: EntryFilter, cursor?: string): Promise<EntryPage> {
    return this.records.inSite(who.siteId, async (tx) => {
      const page = await listEntries(tx, filter, cursor);
      await this.log.append(tx, { kind: 'log.read', actor: actorOf(who), subject: { site: who.siteId }, context: { counts: { entries: page.entries.length } } });
      return page;
    });
  }
}
