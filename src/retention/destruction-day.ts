import { Injectable } from '@nestjs/common';
import { decidingZone, type FormerTimeZone } from '../access/site-day.js';
import { Clock, dayIn, daysBetween, type Day } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { KeyStore } from '../vault/key-store.js';
import type { SiteDay } from './plan-run.js';

/** Nights without a run after which the clock is not believed on its own word. */
const LONGEST_PAUSE_DAYS = 3;
/** Several processes write the log; their clocks may differ by this much without anything being wrong. */
const TOLERANCE_MS = 60_000;

/**
 * Why an administrator has to confirm the date before anything is destroyed: the newest log entry lies in the future, or
 * the last run is more than three days back. Either way a clock may have been turned, and an early destruction cannot be undone.
 */
export type ClockDoubt = 'log-in-future' | 'long-since-last-run';

export interface SiteClock extends SiteDay {
  readonly seasonEnd: Day | null;
  readonly createdDay: Day;
  /** Of the site's day, 0 to 23. */
  readonly hour: number;
}

export interface DestructionDays {
  /** The instant that the days were read from. */
  readonly now: Date;
  readonly sites: readonly SiteClock[];
  /** The earliest of the sites' days (UTC's while there is no site): by it the days between two runs are counted. */
  readonly runDay: Day;
  readonly doubt: ClockDoubt | undefined;
}

/**
 * What day it is for destruction: at each site, by the earliest of this process's clock and the clocks of both databases.
 * A thief who turns one clock forward destroys nothing early. A set clock (demo, tests) is taken as it is, and as confirmed.
 */
@Injectable()
export class DestructionDay {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<DestructionDays> {
    const keys = await this.keyStore.database.query<{ now: Date; last_run_day: Day | null }>(
      'SELECT clock_timestamp() AS now, last_run_day FROM key_store',
    );
    const keyStore = keys[0];
    if (!keyStore) throw new Error('the key store has not been initialised');
    return this.records.acrossSites(async (tx) => {
      const now = this.clock.isSet ? this.clock.now() : earliest(this.clock.now(), keyStore.now, await databaseNow(tx));
      const sites = await siteClocks(tx, now);
      const [first = dayIn('UTC', now), ...others] = sites.map(({ today }) => today);
      const runDay = others.reduce((a, b) => (b < a ? b : a), first);
      return { now, sites, runDay, doubt: this.clock.isSet ? undefined : await doubt(tx, now, keyStore.last_run_day, runDay) };
    });
  }
}

/** A first run has no run to be long after. */
async function doubt(tx: RecordsTx, now: Date, lastRunDay: Day | null, runDay: Day): Promise<ClockDoubt | undefined> {
  const [newest] = await tx.query<{ at: Date }>('SELECT at FROM log_entry ORDER BY id DESC LIMIT 1');
  if (newest && newest.at.getTime() > now.getTime() + TOLERANCE_MS) return 'log-in-future';
  return lastRunDay !== null && daysBetween(lastRunDay, runDay) > LONGEST_PAUSE_DAYS ? 'long-since-last-run' : undefined;
}

async function siteClocks(tx: RecordsTx, now: Date): Promise<readonly SiteClock[]> {
  const rows = await tx.query<{ id: string; time_zone: string; former_time_zones: readonly FormerTimeZone[]; season_end: Day | null; created_day: Day }>(
    'SELECT id, time_zone, former_time_zones, season_end, created_day FROM site ORDER BY id',
  );
  return rows.map((row) => {
    const zone = decidingZone({ timeZone: row.time_zone, formerTimeZones: row.former_time_zones }, now);
    return { siteId: row.id, today: dayIn(zone, now), hour: hourIn(zone, now), seasonEnd: row.season_end, createdDay: row.created_day };
  });
}

function hourIn(timeZone: string, instant: Date): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(instant));
}

async function databaseNow(tx: RecordsTx): Promise<Date> {
  const [row] = await tx.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  return row!.now;
}

function earliest(first: Date, ...others: readonly Date[]): Date {
  return others.reduce((a, b) => (b < a ? b : a), first);
}
