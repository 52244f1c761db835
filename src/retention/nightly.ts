import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Day } from '../platform/clock.js';
import { EventLog, faultOf } from '../platform/event-log.js';
import { Refusal, type RefusalCode } from '../platform/refusal.js';
import { DestructionDay, type ClockDoubt, type SiteClock } from './destruction-day.js';
import { FROM_HOUR } from './from-hour.js';
import type { PurgeRun, RunOutcome } from './purge-run.js';
import { begunBy, PurgeRuns } from './purge-runs.js';
import { RunPurge } from './run-purge.js';
import { NightlyVerification } from './verification/nightly-verification.js';

const LOOK_EVERY_MS = 60_000;
/** Another process is at it, or restored records wait for their release. */
const NOT_NOW: ReadonlySet<RefusalCode> = new Set(['RUN_IN_PROGRESS', 'RESTORED']);
/** What failed is tried again, but not every minute. */
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
    private readonly verification: NightlyVerification,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.runPurge.closeInterrupted();
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /**
   * Runs if a night's run is missing, however many nights are, and verifies the log and the sections once a night, whoever ran.
   * @returns undefined when no run is missing, or none may begin now
   */
  async catchUp(): Promise<RunOutcome | undefined> {
    const { outcome, verified } = await this.begin();
    await verified;
    return outcome;
  }

  /** The verification goes on by itself: the next run does not wait for it. */
  private async begin(): Promise<{ readonly outcome: RunOutcome | undefined; readonly verified: Promise<void> }> {
    const { sites, now, doubt } = await this.destructionDay.read();
    const outcome = isRunMissing(sites, await this.runs.recent(20), now, doubt) ? await this.run() : undefined;
    return { outcome, verified: this.verification.catchUp(sites, now) };
  }

  private async run(): Promise<RunOutcome | undefined> {
    try {
      return await this.runPurge.execute('nightly');
    } catch (error) {
      if (error instanceof Refusal && NOT_NOW.has(error.code)) return undefined;
      throw error;
    }
  }

  private async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const { verified } = await this.begin();
      verified.catch((error: unknown) => this.failed(error));
    } catch (error) {
      this.failed(error);
    } finally {
      this.#looking = false;
    }
  }

  private failed(error: unknown): void {
    this.events.warn({ event: 'nightly.failed', fault: faultOf(error) });
  }
}

/**
 * @param runs newest first
 * @param doubt about the date, as it is now
 */
export function isRunMissing(sites: readonly SiteClock[], runs: readonly PurgeRun[], now: Date, doubt?: ClockDoubt): boolean {
  const recent = begunBy(now, runs);
  const [latest] = recent;
  if (latest?.state === 'failed' && now.getTime() - latest.startedAt.getTime() < RETRY_AFTER_MS) return false;
  // One that waits for its date to be confirmed has been that day's run while the same doubt lasts: asking again each minute would not hurry
  // anyone. A doubt that has gone by itself, as when a clock was a minute ahead, is no reason to skip a night.
  const last = recent.find(({ state, reason }) => state === 'finished' || (state === 'waiting' && reason === doubt));
  return sites.some(({ siteId, today, hour, createdDay }) => hour >= FROM_HOUR && lastDay(last, siteId, createdDay) < today);
}

function lastDay(run: PurgeRun | undefined, siteId: string, createdDay: Day): Day {
  return run?.days[siteId] ?? createdDay;
}
