import { setTimeout as pause } from 'node:timers/promises';
import { JOBS, type RecordsDatabase } from '../platform/records-database.js';

/** Somebody seen at work is taken to be there for so long: between two requests nobody is to be seen. */
const SEEN_FOR_MS = 1000;
/** One look may meet a single statement that the service runs by itself; whoever works is met again and again. */
const LOOKS = 4;
const SEEN_IN = 2;
/** Beside others the sweep rests for so many times as long as it has worked. */
const REST = 6;
const LONGEST_REST_MS = 5000;

/** Who is in a statement or a transaction of the records, from whatever process: this sweep's and the service's other jobs aside. */
const OTHERS = `
  SELECT count(*)::integer AS at_work FROM pg_stat_activity
  WHERE datname = current_database() AND backend_type = 'client backend' AND state <> 'idle'
    AND pid <> pg_backend_pid() AND application_name <> '${JOBS}'`;

/**
 * Lets others go first. Nothing hangs on when a sweep ends: it goes as fast as it can while nobody works, and takes a fraction of
 * the time, one batch after another, while somebody does.
 */
export class SweepPace {
  #seen = -Infinity;
  #looks: readonly boolean[] = [];

  constructor(private readonly records: RecordsDatabase) {}

  /** Were others at work a moment ago? */
  get isShared(): boolean {
    return performance.now() - this.#seen < SEEN_FOR_MS;
  }

  /** Called after each batch. @param workedMs how long it took */
  async rest(workedMs: number): Promise<void> {
    const [row] = await this.records.query<{ at_work: number }>(OTHERS);
    this.#looks = [...this.#looks, row!.at_work > 0].slice(-LOOKS);
    if (this.#looks.filter(Boolean).length >= SEEN_IN) this.#seen = performance.now();
    if (this.isShared) await pause(Math.min(workedMs * REST, LONGEST_REST_MS));
  }

  /** Waits until nobody else has been at work for a while. */
  async alone(isOver: () => boolean): Promise<void> {
    while (this.isShared && !isOver()) await pause(SEEN_FOR_MS / 4);
  }
}
