import { setImmediate as turn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { RecordsDatabase } from '../platform/records-database.js';
import { AccessLog } from './append-entry.js';
import { checkEntry } from './check-entry.js';
import type { EntryId, LogEntry } from './entry.js';

/** Bounds one statement, and what a commit that fails takes with it. */
const MOST_AT_ONCE = 256;

interface Waiting {
  readonly entry: LogEntry;
  readonly resolve: (id: EntryId) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Entries that stand by themselves: nothing else is written in their transaction. While a site's entries are being committed,
 * those that come in wait and share the next commit, in the order in which they came; nothing waits where nothing is under way.
 * One group at a time for each site (docs/decisions/0030).
 */
@Injectable()
export class GroupCommit {
  private readonly lines = new Map<string, Waiting[]>();

  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
  ) {}

  /**
   * Durable once it has returned. What fails a group fails each of its entries.
   * @throws TypeError on an entry with anything in it that does not belong in the log: alone, before it waits
   * @throws DatabaseUnavailable, DatabaseError
   */
  async append(entry: LogEntry): Promise<EntryId> {
    checkEntry(entry);
    const siteId = entry.subject.site;
    if (siteId === undefined) throw new TypeError(`log entry ${entry.kind} names no site`);
    return new Promise((resolve, reject) => {
      const waiting = { entry, resolve, reject };
      const line = this.lines.get(siteId);
      if (line) line.push(waiting);
      else {
        this.lines.set(siteId, [waiting]);
        void this.work(siteId);
      }
    });
  }

  /** Until nobody waits. The site's line is there for as long as this goes on. */
  private async work(siteId: string): Promise<void> {
    const line = this.lines.get(siteId)!;
    while (line.length > 0) {
      await this.commit(siteId, line.splice(0, MOST_AT_ONCE));
      await turn(); // whoever was just answered, or has come in meanwhile, shares the next commit and not the one after it
    }
    this.lines.delete(siteId);
  }

  private async commit(siteId: string, group: readonly Waiting[]): Promise<void> {
    try {
      const ids = await this.log.appendAlone(this.records, siteId, group.map(({ entry }) => entry));
      group.forEach(({ resolve }, at) => resolve(ids[at]!));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
