import { DatabaseError } from '../platform/database-error.js';
import { LogNotSequenced } from './await-sequenced.js';
import { DestroyedKeyFound } from './destroyed-buckets.js';
import { InputsChanged } from './inputs-changed.js';
import { SentinelMissing } from './plan-run.js';
import type { RunFailure, RunStep } from './purge-run.js';
import { RunTakenOver } from './purge-runs.js';

/** The code a failed run is kept and logged with. The error itself may quote what a database said, and stays out. */
export function failureOf(error: unknown, step: RunStep): RunFailure {
  if (error instanceof SentinelMissing) return 'sentinel-missing';
  if (error instanceof InputsChanged) return 'inputs-changed';
  if (error instanceof RunTakenOver) return 'process-ended';
  if (error instanceof DestroyedKeyFound) return 'not-destroyed';
  if (error instanceof LogNotSequenced) return 'LOG_STALLED';
  if (step === 'master' && isFileError(error)) return 'master-unreachable';
  if (error instanceof DatabaseError && error.database) return error.database === 'keys' ? 'key-store-failed' : 'records-failed';
  return step === 'certificate' || step === 'sweep' ? 'records-failed' : 'key-store-failed';
}

/** Of the system, and not of a database: those come as DatabaseError. One from an open file has no path. */
function isFileError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
