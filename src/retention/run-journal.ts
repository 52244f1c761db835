import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import type { Actor, EntryId } from '../audit/entry.js';
import { Clock, type Day } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { Corrected } from './check-lives.js';
import type { DestroyedBucket } from './destroyed-buckets.js';
import type { ClockDoubt, DestructionDays } from './destruction-day.js';
import { DIFFERENCES } from './life-differences.js';
import { onceAnswered } from './once-answered.js';
import type { PlannedBucket } from './plan-run.js';
import { policyDay } from './policy-day.js';
import { versionInForce } from './policy.js';
import type { RunFailure, RunStep, RunTrigger, StepObserver, StoreCounts } from './purge-run.js';
import { failInterrupted, failRun, finishRun, insertRun, mustStillRun, setStep, type NewRun, type NewRunState } from './purge-runs.js';
import { failureOf } from './run-failure.js';
import type { Held } from './store-counts.js';

/** An entry names so many intakes of those that it counts. */
const MOST_NAMED = 100;

/** The administrator who asked for a run. */
export interface RunAsker {
  readonly memberId: string;
  readonly role: NonNullable<Actor['role']>;
}

export interface RunRequest {
  readonly id: string;
  readonly trigger: RunTrigger;
  readonly who: RunAsker | undefined;
  readonly confirmed: boolean;
  readonly days: DestructionDays;
}

export interface BegunRun {
  readonly id: string;
  /** The step it is at. */
  step: RunStep;
  readonly days: Readonly<Record<string, Day>>;
  readonly actor: Actor;
  /** The policies in force when it began, by the sites' days and that of the run: they stay the run's own, whatever comes after. */
  readonly versions: ReadonlyMap<Day, number>;
  readonly runDay: Day;
  readonly intended: EntryId;
}

/** What a run has come to, once the destroyed was found gone. */
export interface Destroyed {
  readonly buckets: readonly DestroyedBucket[];
  readonly held: Held;
  /** Intakes that were put right before anything was destroyed. */
  readonly corrected: number;
  /** The number of the new master. */
  readonly master: number;
  readonly before: StoreCounts;
}

/** What a run writes down about itself: its row, which the progress page shows, and its entries in the access log. */
@Injectable()
export class RunJournal {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
    private readonly clock: Clock,
    private readonly observe: StepObserver,
  ) {}

  /** Writes the intention, before anything is touched. */
  async begin(request: RunRequest): Promise<BegunRun> {
    await this.observe('intended', request.id);
    const { id, trigger, confirmed, days } = request;
    const actor = actorOf(request);
    return this.records.acrossSites(async (tx) => {
      const run = await this.insert(tx, request, { state: 'running', step: 'intended' });
      if (confirmed && days.doubt) {
        await this.log.append(tx, { kind: 'clock.confirmed', actor, subject: {}, context: { run: id, day: days.runDay, reason: 'date-confirmed' } });
      }
      const versions = await versionsOn(tx, [days.runDay, ...Object.values(run.days)]);
      const context = { run: id, trigger, days: run.days, version: versions.get(days.runDay)! };
      const intended = await this.log.append(tx, { kind: 'purge.intended', actor, subject: {}, context });
      return { id, actor, step: 'intended', days: run.days, runDay: days.runDay, versions, intended };
    });
  }

  /** Writes that a run would destroy nothing before an administrator has confirmed the date. */
  async wait(request: RunRequest, reason: ClockDoubt): Promise<void> {
    await this.observe('clock', request.id);
    await this.records.acrossSites((tx) => this.insert(tx, request, { state: 'waiting', step: 'clock', reason }));
  }

  async step(run: BegunRun, step: RunStep, total = 0): Promise<void> {
    run.step = step;
    await this.observe(step, run.id);
    await this.progress(run, step, 0, total);
  }

  /** @throws RunTakenOver: what was begun by one run is ended by the next */
  async progress({ id }: BegunRun, step: RunStep, done: number, total: number): Promise<void> {
    await this.records.acrossSites((tx) => setStep(tx, id, step, done, total));
  }

  /** Logs what was not as it must be and was put right, before anything was destroyed. */
  async corrected({ id: run, actor }: BegunRun, found: readonly Corrected[]): Promise<void> {
    const counts = Object.fromEntries(DIFFERENCES.map((name) => [name, found.filter((one) => one.found.has(name)).length]));
    const intakes = found.slice(0, MOST_NAMED).map(({ intakeId }) => intakeId);
    await this.records.acrossSites((tx) => this.log.append(tx, { kind: 'inputs.corrected', actor, subject: { intakes }, context: { run, counts } }));
  }

  /** Logs that lookup rows of a bucket did not open, damaged or changed by hand, and went with its key. */
  async lookupsLost({ id: run, actor }: BegunRun, { id: bucket, siteId: site, class: retentionClass }: PlannedBucket, rows: number): Promise<void> {
    const subject = { site, bucket, classes: [retentionClass] };
    await this.records.acrossSites((tx) => this.log.append(tx, { kind: 'lookup.lost', actor, subject, context: { run, counts: { rows } } }));
  }

  /** Logs what was found gone. @returns the entry that says the destruction is over. @throws RunTakenOver: no run ends in the log after the next has begun */
  async report({ id: run, actor, ...begun }: BegunRun, { buckets, held, corrected, master }: Destroyed): Promise<EntryId> {
    return this.records.acrossSites(async (tx) => {
      await mustStillRun(tx, run);
      const destroyed = buckets.map((bucket) => ({
        kind: 'bucket.destroyed' as const,
        actor,
        subject: { site: bucket.siteId, bucket: bucket.id, classes: [bucket.class] },
        context: {
          run,
          day: bucket.day,
          due: bucket.due,
          counts: { shares: bucket.shares, unlogged: bucket.unlogged, moved: bucket.moved },
        },
      }));
      await this.log.appendAll(tx, destroyed);
      return this.log.append(tx, {
        kind: 'purge.finished',
        actor,
        subject: {},
        context: {
          run,
          master,
          version: versionNamed(begun, buckets),
          counts: {
            buckets: buckets.length,
            shares: sum(buckets, 'shares'),
            moved: sum(buckets, 'moved'),
            holds: held.holds,
            held: held.shares,
            corrected,
          },
        },
      });
    });
  }

  async finish(run: BegunRun): Promise<void> {
    run.step = 'finished';
    await this.observe('finished', run.id);
    await this.records.acrossSites((tx) => finishRun(tx, run.id, this.clock.now()));
  }

  /**
   * Waits for the records where it is they that are away, some minutes at most. Where it cannot be written, the row is left as it
   * is and the next run says `process-ended`.
   * @param stopping no waiting any more
   */
  async fail({ id, actor, step }: BegunRun, error: unknown, stopping: AbortSignal): Promise<RunFailure> {
    const reason = failureOf(error, step);
    await this.observe('failed', id);
    await onceAnswered(stopping, () =>
      this.records.acrossSites(async (tx) => {
        if (!(await failRun(tx, id, this.clock.now(), reason))) return;
        await this.log.append(tx, { kind: 'purge.failed', actor, subject: {}, context: { run: id, reason } });
      }),
    ).catch(() => undefined);
    return reason;
  }

  /** It begins when its days say, and not by a process's clock that may be ahead of them. */
  private async insert(tx: RecordsTx, { id, trigger, who, days }: RunRequest, how: NewRunState): Promise<NewRun> {
    const at = days.now;
    await this.closeInterruptedIn(tx, this.clock.now());
    const siteDays = Object.fromEntries(days.sites.map(({ siteId, today }) => [siteId, today]));
    const run = { id, trigger, askedBy: who?.memberId, at, days: siteDays };
    await insertRun(tx, run, how);
    return run;
  }

  /** Says of runs whose process is gone that they have failed. The caller holds the run lock, so that none of them goes on. */
  async closeInterrupted(): Promise<void> {
    await this.records.acrossSites((tx) => this.closeInterruptedIn(tx, this.clock.now()));
  }

  private async closeInterruptedIn(tx: RecordsTx, at: Date): Promise<void> {
    for (const run of await failInterrupted(tx, at)) {
      await this.log.append(tx, { kind: 'purge.failed', actor: { system: 'run' }, subject: {}, context: { run, reason: 'process-ended' } });
    }
  }
}

/** The version whose rules a certificate names (`policyDay`). */
export function versionNamed({ days, runDay, versions }: Pick<BegunRun, 'days' | 'runDay' | 'versions'>, buckets: readonly DestroyedBucket[]): number {
  return versions.get(policyDay(days, buckets.map(({ siteId }) => siteId)) ?? runDay)!;
}

async function versionsOn(tx: RecordsTx, days: readonly Day[]): Promise<ReadonlyMap<Day, number>> {
  const versions = new Map<Day, number>();
  for (const one of new Set(days)) versions.set(one, await versionInForce(tx, one));
  return versions;
}

function actorOf({ who, trigger }: RunRequest): Actor {
  return who ? { member: who.memberId, role: who.role } : { system: trigger === 'command' ? 'command' : 'run' };
}

function sum(buckets: readonly DestroyedBucket[], of: 'shares' | 'moved'): number {
  return buckets.reduce((total, bucket) => total + bucket[of], 0);
}
