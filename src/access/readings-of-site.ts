import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { readingsOverTime, type ReadingsBy, type ReadingsOn } from '../audit/readings-over-time.js';
import { addDays, Clock, type Day } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { actorOf } from './actor.js';
import type { SiteMember } from './signed-in.js';
import { readSite } from './site.js';

const DAYS = 90;
const DAY_MS = 86_400_000;

export interface ReadingsOfSite {
  /** The last ninety days, each of them. */
  readonly days: readonly Day[];
  readonly readings: readonly ReadingsOn[];
}

/** How much was read at a site, day by day. Counting is reading the log, and an entry. */
@Injectable()
export class ReadReadings {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  run(who: SiteMember, by: ReadingsBy): Promise<ReadingsOfSite> {
    return this.records.inSite(who.siteId, async (tx) => {
      const { timeZone } = await readSite(tx, who.siteId);
      const last = this.clock.today(timeZone);
      const days = Array.from({ length: DAYS }, (_, i) => addDays(last, i - DAYS + 1));
      const before = new Date(this.clock.now().getTime() + 1000);
      // A day more, since the first one begins at midnight of the site's clocks.
      const all = await readingsOverTime(tx, { from: new Date(before.getTime() - (DAYS + 1) * DAY_MS), before }, timeZone, by);
      await this.log.append(tx, { kind: 'log.read', actor: actorOf(who), subject: { site: who.siteId }, context: { counts: { days: DAYS } } });
      return { days, readings: all.filter(({ day }) => day >= days[0]! && day <= last) };
    });
  }
}
