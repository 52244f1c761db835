import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { conditionOf, LISTED, type EntryFilter } from '../audit/entry-filter.js';
import { CSV_HEADER, entryCsv } from '../audit/export/entry-csv.js';
import { entryOcsfLine } from '../audit/export/entry-ocsf.js';
import { readEntries, type ListedEntry } from '../audit/list-entries.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { actorOf } from './actor.js';
import type { SiteMember } from './signed-in.js';

const PAGE = 500;

export type ExportFormat = 'csv' | 'ocsf';

const FORMATS: Readonly<Record<ExportFormat, { readonly header: string; readonly line: (entry: ListedEntry) => string }>> = {
  csv: { header: CSV_HEADER, line: entryCsv },
  ocsf: { header: '', line: entryOcsfLine },
};

/**
 * The entries that fit, newest first, page by page, so that memory does not grow with the log. The entry that says that they
 * were read, and how many, has committed before the first leaves; should more turn up meanwhile, so has one for those.
 */
@Injectable()
export class ExportEntries {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
  ) {}

  /** Ready to be sent when it resolves: what can be refused has been. */
  async run(who: SiteMember, filter: EntryFilter, format: ExportFormat): Promise<AsyncIterable<string>> {
    const counted = await this.records.inSite(who.siteId, async (tx) => {
      const { sql, parameters } = await conditionOf(tx, filter);
      const [row] = await tx.query<{ entries: number; newest: number | null }>(
        `SELECT count(*)::int AS entries, max(f.entry_id) AS newest FROM ${LISTED} WHERE ${sql}`,
        parameters,
      );
      await this.note(tx, who, row!.entries);
      return row!;
    });
    return this.lines(who, filter, FORMATS[format], counted);
  }

  private async *lines(who: SiteMember, filter: EntryFilter, format: (typeof FORMATS)[ExportFormat], counted: { readonly entries: number; readonly newest: number | null }): AsyncIterable<string> {
    if (format.header) yield format.header;
    let left = counted.entries;
    let before = (counted.newest ?? -1) + 1;
    while (before > 0) {
      const page = await this.records.inSite(who.siteId, async (tx) => {
        const entries = await readEntries(tx, filter, before, PAGE);
        if (entries.length > left) await this.note(tx, who, entries.length - left);
        return entries;
      });
      left = Math.max(0, left - page.length);
      if (page.length > 0) yield page.map(format.line).join('');
      before = page.length < PAGE ? 0 : page.at(-1)!.id;
    }
  }

  private note(tx: RecordsTx, who: SiteMember, entries: number): Promise<unknown> {
    return this.log.append(tx, { kind: 'log.read', actor: actorOf(who), subject: { site: who.siteId }, context: { counts: { entries } } });
  }
}
