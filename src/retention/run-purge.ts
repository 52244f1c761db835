import { randomUUID } from 'node:crypto';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Day } from '../platform/clock.js';
import { Refusal } from '../platform/refusal.js';
import { KeyStore } from '../vault/key-store.js';
import { refuseRestored } from '../vault/restored/restored-mode.js';
import { rotateMaster } from '../vault/rotate-master.js';
import { UnreadableKey } from '../vault/unreadable-key.js';
import type { CheckedLives } from './check-lives.js';
import { destroyCleanBuckets } from './destroy-clean-buckets.js';
import { markCertified, mustBeGone, uncertifiedBuckets } from './destroyed-buckets.js';
import { DestructionCertificates } from './destruction-certificates.js';
import { DestructionDay, type DestructionDays } from './destruction-day.js';
import { InputsChanged } from './inputs-changed.js';
import type { PlannedBucket } from './plan-run.js';
import type { RunOutcome, RunTrigger } from './purge-run.js';
import { rewrapMixedBucket } from './rewrap-mixed-bucket.js';
import { RunInputs } from './run-inputs.js';
import { RunJournal, type BegunRun, type Destroyed, type RunAsker, type RunRequest } from './run-journal.js';
import { withRunLock } from './run-lock.js';
import { countHeld } from './store-counts.js';
import { Sweep } from './sweep.js';

export interface StartedRun {
  readonly id: string;
  /** Settles when the run has ended, however it did. */
  readonly ended: Promise<RunOutcome>;
}

/**
 * The purge run: destroys what is due and not held, and nothing else; there is no way to ask it for more. It writes its
 * intention, acts, looks again, then reports what it found. Every step can be cut short: the next run plans afresh from the
 * key store's own days, and certifies and sweeps what this one destroyed.
 *
 * A share that does not open keeps its own bucket, and no more than that: everything else that is due goes, in the old copies
 * too, and the run fails at its end with the name of the row. It certifies nothing, since something due is still there.
 */
@Injectable()
export class RunPurge implements BeforeApplicationShutdown {
  #current: Promise<unknown> | undefined;
  readonly #stopping = new AbortController();

  constructor(
    private readonly keyStore: KeyStore,
    private readonly destructionDay: DestructionDay,
    private readonly inputs: RunInputs,
    private readonly journal: RunJournal,
    private readonly certificates: DestructionCertificates,
    private readonly sweep: Sweep,
  ) {}

  /** Runs to the end. @throws Refusal as `start` */
  async execute(trigger: RunTrigger, who?: RunAsker, confirmToday?: Day): Promise<RunOutcome> {
    return (await this.start(trigger, who, confirmToday)).ended;
  }

  /**
   * Begins a run and returns once its row and its intention are written.
   * @param confirmToday the date as an administrator reads it off a calendar; asked for when the clocks are in doubt
   * @throws Refusal RUN_IN_PROGRESS, RESTORED, or INVALID_INPUT when the confirmed date is not the one the clocks show
   */
  start(trigger: RunTrigger, who?: RunAsker, confirmToday?: Day): Promise<StartedRun> {
    return new Promise((started, refused) => {
      const ended: Promise<RunOutcome> = withRunLock(this.keyStore.database, async () => {
        await this.keyStore.database.transaction(refuseRestored);
        const days = await this.destructionDay.read();
        const request = { id: randomUUID(), trigger, who, days, confirmed: isConfirmed(days, confirmToday) };
        const outcome = await this.begin(request);
        this.#current = ended; // only now: one that is refused must not hide the one that runs
        started({ id: request.id, ended });
        return outcome();
      });
      ended.catch(refused);
    });
  }

  /** For the start of a process: a run that died with another one is not shown as going on until the next night. */
  async closeInterrupted(): Promise<void> {
    try {
      await withRunLock(this.keyStore.database, () => this.journal.closeInterrupted());
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'RUN_IN_PROGRESS')) throw error; // somebody is alive and at it
    }
  }

  /** A service that stops lets its run come to an end first, but waits for no database that is away. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    await this.#current?.catch(() => undefined);
  }

  /** @returns what is left to do */
  private async begin(request: RunRequest): Promise<() => Promise<RunOutcome>> {
    const { id, days, confirmed } = request;
    const { doubt } = days;
    if (doubt && !confirmed) {
      await this.journal.wait(request, doubt);
      return () => Promise.resolve({ id, state: 'waiting', reason: doubt });
    }
    const run = await this.journal.begin(request);
    return () => this.carryOut(run, days);
  }

  private async carryOut(run: BegunRun, days: DestructionDays): Promise<RunOutcome> {
    try {
      const found = await this.checkInputs(run);
      const left = await this.certificates.destroying(async (countBefore) => {
        const unreadable = await this.destroy(run, days);
        const master = await this.rotate(run, days);
        const flaw = unreadable ?? suspicious(found);
        if (flaw) throw flaw;
        await this.journal.step(run, 'certificate'); // nothing opens any more: what comes now may take its time
        return { master, before: await countBefore() };
      });
      await this.certify(run, days, found, left);
      await this.journal.step(run, 'sweep');
      await this.sweep.execute(days.sites, (done, total) => this.journal.progress(run, 'sweep', done, total));
      await this.journal.finish(run);
      return { id: run.id, state: 'finished' };
    } catch (error) {
      const reason = await this.journal.fail(run, error, this.#stopping.signal);
      return { id: run.id, state: 'failed', reason, ...namedIn(error) };
    }
  }

  /**
   * Puts right what is not as the log has it, before anything is destroyed by it.
   * @throws InputsChanged when there is no knowing what is right
   */
  private async checkInputs(run: BegunRun): Promise<CheckedLives> {
    await this.journal.step(run, 'inputs');
    const checked = await this.inputs.check((done, total) => this.journal.progress(run, 'inputs', done, total));
    if (checked.corrected.length > 0) await this.journal.corrected(run, checked.corrected);
    return checked;
  }

  /** Everything that cannot be undone. @returns the first row that kept its bucket from it */
  private async destroy(run: BegunRun, days: DestructionDays): Promise<UnreadableKey | undefined> {
    await this.journal.step(run, 'clean-buckets');
    const mixed = await destroyCleanBuckets(this.keyStore, run.id, days.sites);
    await this.journal.step(run, 'mixed-buckets', mixed.length);
    const unreadable: UnreadableKey[] = [];
    for (const [done, bucket] of mixed.entries()) {
      await this.rewrap(run, bucket, todayAt(days, bucket)).catch((error: unknown) => {
        if (!(error instanceof UnreadableKey)) throw error;
        unreadable.push(error);
      });
      await this.journal.progress(run, 'mixed-buckets', done + 1, mixed.length);
    }
    return unreadable[0];
  }

  private async rewrap(run: BegunRun, bucket: PlannedBucket, today: Day): Promise<void> {
    await rewrapMixedBucket(this.keyStore, run.id, bucket.id, today, (rows) => this.journal.lookupsLost(run, bucket, rows));
  }

  /** Makes the old copies worthless. What day it is was beyond doubt, whatever comes of the rest. @returns the new master's number */
  private async rotate(run: BegunRun, { runDay }: DestructionDays): Promise<number> {
    await this.journal.step(run, 'master');
    const { master } = await rotateMaster(this.keyStore);
    await this.keyStore.transaction(({ tx }) => tx.query('UPDATE key_store SET last_run_day = $1', [runDay]));
    return master;
  }

  /** Looks whether the destroyed is gone, and says so under the log's signature. */
  private async certify(run: BegunRun, { sites }: DestructionDays, { corrected, unlogged }: CheckedLives, left: Pick<Destroyed, 'master' | 'before'>): Promise<void> {
    const buckets = await this.keyStore.transaction(({ tx }) => uncertifiedBuckets(tx, unlogged));
    const ids = buckets.map(({ id }) => id);
    await this.keyStore.database.newConnection((query) => mustBeGone(query, ids));
    const destroyed = { ...left, buckets, held: await countHeld(this.keyStore, sites), corrected: corrected.length };
    // Every hold that has kept something from this run stands in the log before its result does.
    await this.inputs.settleHolds();
    const finished = await this.journal.report(run, destroyed);
    await this.certificates.issue(run, destroyed, finished);
    // A crash before this: the next certificate names the same buckets again, by the same ids.
    await this.keyStore.transaction(async ({ tx }) => {
      await markCertified(tx, run.id, ids);
      await tx.query('UPDATE key_store SET last_run = $1', [run.id]);
    });
  }
}

/** @returns what no crash explains: the run goes on with what is right again, and certifies nothing */
function suspicious({ corrected }: CheckedLives): InputsChanged | undefined {
  const suspect = corrected.find(({ found }) => [...found].some((difference) => difference !== 'late'));
  return suspect && new InputsChanged(`intake ${suspect.intakeId}`);
}

function namedIn(error: unknown): Pick<RunOutcome, 'unreadable' | 'changed'> {
  if (error instanceof UnreadableKey) return { unreadable: error.what };
  return error instanceof InputsChanged ? { changed: error.what } : {};
}

/** @throws Refusal INVALID_INPUT */
function isConfirmed({ runDay, sites }: DestructionDays, confirmToday: Day | undefined): boolean {
  if (confirmToday === undefined) return false;
  if (confirmToday !== runDay && !sites.some(({ today }) => today === confirmToday)) {
    throw new Refusal('INVALID_INPUT', 'The confirmed date is not the date on the clocks of this service and its databases.', {
      fields: ['confirmToday'],
    });
  }
  return true;
}

function todayAt({ sites }: DestructionDays, bucket: PlannedBucket): Day {
  return sites.find(({ siteId }) => siteId === bucket.siteId)!.today;
}
