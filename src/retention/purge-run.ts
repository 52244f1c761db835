import type { Reason } from '../audit/entry.js';
import type { Day } from '../platform/clock.js';
import type { ClockDoubt } from './destruction-day.js';

/** The steps of a run, in their order. A run that ends otherwise than `finished` says at which of them. */
export const RUN_STEPS = ['clock', 'intended', 'inputs', 'clean-buckets', 'mixed-buckets', 'master', 'certificate', 'sweep', 'finished'] as const;
export type RunStep = (typeof RUN_STEPS)[number];

export type RunState = 'running' | 'finished' | 'failed' | 'waiting';
export type RunTrigger = 'nightly' | 'page' | 'command';

/** Why a run failed: codes of the access log, so that no error's text is kept. */
export type RunFailure = Extract<
  Reason,
  'sentinel-missing' | 'inputs-changed' | 'master-unreachable' | 'not-destroyed' | 'process-ended' | 'key-store-failed' | 'records-failed' | 'LOG_STALLED'
>;
export type RunReason = ClockDoubt | RunFailure;

/** A run as its page and the API show it: `done` of `total` within its step. */
export interface PurgeRun {
  readonly id: string;
  readonly state: RunState;
  readonly step: RunStep;
  readonly done: number;
  readonly total: number;
  readonly trigger: RunTrigger;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  /** What day it was at each site. */
  readonly days: Readonly<Record<string, Day>>;
  readonly reason: RunReason | null;
}

export interface RunOutcome {
  readonly id: string;
  readonly state: Exclude<RunState, 'running'>;
  readonly reason?: RunReason;
  /** Of the key store: the row that no run can carry over, by its id. */
  readonly unreadable?: string;
  /** What was not as the access log has it, by its id. */
  readonly changed?: string;
}

/**
 * Told of each step before it begins, and of a failure after it. The service says it on its console; a test throws, which
 * ends the run there as a lost database would.
 */
export type StepObserver = (step: RunStep | 'failed', runId: string) => void | Promise<void>;

/** How much the two stores hold; `shares` are those that a bucket still opens. */
export interface StoreCounts {
  readonly keyStore: { readonly buckets: number; readonly shares: number };
  readonly records: { readonly intakes: number; readonly sections: number };
}
