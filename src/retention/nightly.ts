import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, type Day } from '../platform/clock.js';
import { EventLog, faultOf } from '../platform/event-log.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { Refusal, type RefusalCode } from '../platform/refusal.js';
import { RestoredMode } from '../vault/restored/restored-mode.js';
import { DestructionDay, type SiteClock } from './destruction-day.js';
import type { PurgeRun, RunOutcome } from './purge-run.js';
import { PurgeRuns } from './purge-runs.js';
import { RunPurge } from './run-purge.js';
import { VerifySections } from './verification/verify-sections.js';

const LOOK_EVERY_MS = 60_000;
/** Local time at a site from which its night's run is due: evening work is over, and daylight saving jumps at this hour at most. */
const FROM_HOUR = 2;
/** Another process is at it, or restored records wait for their release. */
const NOT_NOW: ReadonlySet<RefusalCode> = new Set(['RUN_IN_PROGRESS', 'RESTORED']);
const HOUR_MS = 3_600_000;
/** What failed is tried again, but not every minute. */
const RETRY_AFTER_MS = HOUR_MS;

/**
 * Sees to it that every site has a run on every day of its own, after two in the morning: also when nothing is due (the
 * master is rotated all the same), and as soon as the service is back when it was down at night.
 */
@Injectable()
export class Nightly implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #verificationFailed: Date | undefined;

  constructor(
    private readonly runPurge: RunPurge,
    private readonly runs: PurgeRuns,
    private readonly destructionDay: DestructionDay,
    private readonly events: EventLog,
    private readonly verifySections: VerifySections,
    private readonly records: RecordsDatabase,
    private readonly restored: RestoredMode,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.runPurge.closeInterrupted();
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /**
   * Runs if a night's run is missing, however many nights are, and compares the sections with the log once a night, whoever ran.
   * @returns undefined when no run is missing, or none may begin now
   */
  async catchUp(): Promise<RunOutcome | undefined> {
    const { sites, now } = await this.destructionDay.read();
    const outcome = isRunMissing(sites, await this.runs.recent(20), now) ? await this.run() : undefined;
    if (isVerificationMissing(sites, await this.lastVerified(), now)) await this.verify(now);
    return outcome;
  }

  private async run(): Promise<RunOutcome | undefined> {
    try {
      return await this.runPurge.execute('nightly');
    } catch (error) {
      if (error instanceof Refusal && NOT_NOW.has(error.code)) return undefined;
      throw error;
    }
  }

  /** Not of restored records, which wait for somebody. What fails is said, and tried again like a run. */
  private async verify(now: Date): Promise<void> {
    if (await this.restored.read()) return;
    try {
      await this.verifySections.execute('nightly');
    } catch (error) {
      this.#verificationFailed = now;
      this.events.warn({ event: 'verification.failed', fault: faultOf(error) });
    }
  }

  /** The last one of the night, or the last attempt in the last hour. */
  private async lastVerified(): Promise<Date | undefined> {
    const failed = this.#verificationFailed;
    const [row] = await this.records.acrossSites((tx) =>
      tx.query<{ began_at: Date }>(`SELECT began_at FROM verification WHERE subject = 'sections' AND trigger = 'nightly' ORDER BY id DESC LIMIT 1`),
    );
    return failed && this.clock.now().getTime() - failed.getTime() < RETRY_AFTER_MS ? failed : row?.began_at;
  }

  private async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      await this.catchUp();
    } catch (error) {
      this.events.warn({ event: 'nightly.failed', fault: faultOf(error) });
    } finally {
      this.#looking = false;
    }
  }
}

/** @param recent newest first */
export function isRunMissing(sites: readonly SiteClock[], recent: readonly PurgeRun[], now: Date): boolean {
  const [latest] = recent;
  if (latest?.state === 'failed' && now.getTime() - latest.startedAt.getTime() < RETRY_AFTER_MS) return false;
  // A run that waits for its date to be confirmed has been that day's run: asking again each minute would not hurry anyone.
  const last = recent.find(({ state }) => state === 'finished' || state === 'waiting');
  return sites.some(({ siteId, today, hour, createdDay }) => hour >= FROM_HOUR && lastDay(last, siteId, createdDay) < today);
}

/** By the clock hours since that night's begin, give or take one. @param last when the newest of a night began */
export function isVerificationMissing(sites: readonly Pick<SiteClock, 'today' | 'hour' | 'createdDay'>[], last: Date | undefined, now: Date): boolean {
  const hoursAgo = last ? (now.getTime() - last.getTime()) / HOUR_MS : Infinity;
  return sites.some(({ today, hour, createdDay }) => hour >= FROM_HOUR && createdDay < today && hoursAgo > hour - FROM_HOUR + 1);
}

function lastDay(run: PurgeRun | undefined, siteId: string, createdDay: Day): Day {
  return run?.days[siteId] ?? createdDay;
}
