import { Injectable } from '@nestjs/common';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { Day } from '../platform/clock.js';
import type { PurgeRun, RunFailure, RunReason, RunState, RunStep, RunTrigger } from './purge-run.js';

interface RunRow {
  readonly id: string;
  readonly state: RunState;
  readonly step: RunStep;
  readonly done: number;
  readonly total: number;
  readonly trigger: RunTrigger;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly days: Readonly<Record<string, Day>>;
  readonly reason: RunReason | null;
}

const RUN = 'SELECT id, state, step, done, total, trigger, started_at, finished_at, days, reason FROM purge_run';

/** The runs as members see them. They belong to the organisation: every member of any site may look. */
@Injectable()
export class PurgeRuns {
  constructor(private readonly records: RecordsDatabase) {}

  async find(id: string): Promise<PurgeRun | undefined> {
    const [row] = await this.records.query<RunRow>(`${RUN} WHERE id = $1`, [id]);
    return row && runOf(row);
  }

  /** Newest first. */
  async recent(limit: number): Promise<readonly PurgeRun[]> {
    const rows = await this.records.query<RunRow>(`${RUN} ORDER BY started_at DESC, id LIMIT $1`, [limit]);
    return rows.map(runOf);
  }

  /** The newest run, and the newest that finished where that is another one: however many failed since. Newest first. */
  async newestAndFinished(): Promise<readonly PurgeRun[]> {
    const newest = await this.recent(1);
    if (newest[0]?.state === 'finished') return newest;
    const finished = await this.records.query<RunRow>(`${RUN} WHERE state = 'finished' ORDER BY started_at DESC, id LIMIT 1`);
    return [...newest, ...finished.map(runOf)];
  }
}

/** The clocks that a run is begun by may differ by this much. */
const TOLERANCE_MS = 60_000;

/**
 * Without those that a clock began which was ahead, and has been set right since. By their days they stand for nights that have not come, for
 * which nothing was destroyed yet that will be due by then.
 */
export function begunBy(now: Date, runs: readonly PurgeRun[]): readonly PurgeRun[] {
  return runs.filter(({ startedAt }) => startedAt.getTime() <= now.getTime() + TOLERANCE_MS);
}

export interface NewRun {
  readonly id: string;
  readonly trigger: RunTrigger;
  readonly askedBy: string | undefined;
  readonly at: Date;
  readonly days: Readonly<Record<string, Day>>;
}

export interface NewRunState {
  readonly state: RunState;
  readonly step: RunStep;
  readonly reason?: RunReason;
}

/**
 * Writes down a run that begins, or that waits for its date to be confirmed. Whoever holds the run lock is the newest: what began later by its
 * row began by a clock that was ahead, and is put right before it, or it would pass for the newest until its time comes. When it said that
 * it began stands in the log.
 */
export async function insertRun(tx: RecordsTx, run: NewRun, how: NewRunState): Promise<void> {
  await tx.query(
    `UPDATE purge_run r SET started_at = $1::timestamptz - a.nth * interval '1 millisecond'
     FROM (SELECT id, row_number() OVER (ORDER BY started_at DESC, id) AS nth FROM purge_run WHERE started_at >= $1) a WHERE r.id = a.id`,
    [run.at],
  );
  await tx.query(
    `INSERT INTO purge_run (id, started_at, finished_at, asked_by, trigger, state, step, days, reason)
     VALUES ($1, $2, CASE WHEN $5 = 'waiting' THEN $2::timestamptz END, $3, $4, $5, $6, $7, $8)`,
    [run.id, run.at, run.askedBy ?? null, run.trigger, how.state, how.step, JSON.stringify(run.days), how.reason ?? null],
  );
}

/** Whoever holds the run lock is the only run there is: a row that still says `running` is a dead process's. @returns their ids */
export async function failInterrupted(tx: RecordsTx, at: Date): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `UPDATE purge_run SET state = 'failed', reason = 'process-ended', finished_at = $1 WHERE state = 'running' RETURNING id`,
    [at],
  );
  return rows.map(({ id }) => id);
}

/** @throws RunTakenOver */
export async function setStep(tx: RecordsTx, id: string, step: RunStep, done: number, total: number): Promise<void> {
  mustRun(await tx.query(`UPDATE purge_run SET step = $2, done = $3, total = $4 WHERE id = $1 AND state = 'running' RETURNING 1`, [id, step, done, total]));
}

/** For what a run writes down for good: none takes it over before this transaction has ended. @throws RunTakenOver */
export async function mustStillRun(tx: RecordsTx, id: string): Promise<void> {
  mustRun(await tx.query(`SELECT 1 FROM purge_run WHERE id = $1 AND state = 'running' FOR SHARE`, [id]));
}

/** @throws RunTakenOver */
export async function finishRun(tx: RecordsTx, id: string, at: Date): Promise<void> {
  mustRun(await tx.query(`UPDATE purge_run SET state = 'finished', reason = NULL, finished_at = $2, step = 'finished' WHERE id = $1 AND state = 'running' RETURNING 1`, [id, at]));
}

/** The connection that held the run lock was lost, and whoever took the lock since has called this run ended. */
export class RunTakenOver extends Error {
  override readonly name = 'RunTakenOver';

  constructor() {
    super('another run has begun since');
  }
}

function mustRun(found: readonly unknown[]): void {
  if (found.length === 0) throw new RunTakenOver();
}

/** A failed run keeps the step it failed at. @returns false when that was known already: somebody else said it, or an answer was lost */
export async function failRun(tx: RecordsTx, id: string, at: Date, reason: RunFailure): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE purge_run SET state = 'failed', reason = $2, finished_at = $3 WHERE id = $1 AND state = 'running' RETURNING 1`,
    [id, reason, at],
  );
  return rows.length > 0;
}

function runOf({ started_at, finished_at, ...rest }: RunRow): PurgeRun {
  return { ...rest, startedAt: started_at, finishedAt: finished_at };
}
