import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Day } from '../platform/clock.js';
import { EventLog, faultOf } from '../platform/event-log.js';
import { Refusal, type RefusalCode } from '../platform/refusal.js';
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
/** A failed run is tried again, but not every minute. */
const RETRY_AFTER_MS = 3_600_000;

/**
 * Sees to it that every site has a run on every day of its own, after two in the morning: also when nothing is due (the
 * master is rotated all the same), and as soon as the service is back when it was down at night.
 */
@Injectable()
export class Nightly implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(
    private readonly runPurge: RunPurge,
    private readonly runs: PurgeRuns,
    private readonly destructionDay: DestructionDay,
    private readonly events: EventLog,
    private readonly verifySections: VerifySections,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.runPurge.closeInterrupted();
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Runs if a night's run is missing, however many nights are. @returns undefined when none is, or none may begin now */
  async catchUp(): Promise<RunOutcome | undefined> {
    const { sites, now } = await this.destructionDay.read();
    const recent = await this.runs.recent(20);
    if (!isRunMissing(sites, recent, now)) return undefined;
    try {
      const outcome = await this.runPurge.execute('nightly');
      await this.verifyToo();
      return outcome;
    } catch (error) {
      if (error instanceof Refusal && NOT_NOW.has(error.code)) return undefined;
      throw error;
    }
  }

  /** After the run, whatever came of it. The run's night is over: what fails here is said, and tried again the next night. */
  private async verifyToo(): Promise<void> {
    try {
      await this.verifySections.execute('nightly');
    } catch (error) {
      this.events.warn({ event: 'verification.failed', fault: faultOf(error) });
    }
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

function lastDay(run: PurgeRun | undefined, siteId: string, createdDay: Day): Day {
  return run?.days[siteId] ?? createdDay;
}
