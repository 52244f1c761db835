import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseUnavailable } from '../platform/database-error.js';

/** Five minutes: an embedded server is back in a second, one that is being looked after in some minutes. */
const PAUSES_MS: readonly number[] = [250, 500, 1_000, 2_000, 4_000, ...Array<number>(58).fill(5_000)];

/**
 * Does something in a database that may be away just now: tries again until it answers.
 * @param stopping tries no more
 * @throws what it last failed with, once it was something else than being away, or that for too long
 */
export async function onceAnswered<T>(stopping: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (const ms of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable) || stopping.aborted) throw error;
      await pause(ms, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
  return work();
}
