import { setTimeout as pause } from 'node:timers/promises';
import type { RecordsDatabase } from '../platform/records-database.js';

/** Somebody seen at work is taken to be there for so long: between two requests nobody is to be seen. */
const SEEN_FOR_MS = 1000;
/** Beside others the sweep rests for so many times as long as it has worked. */
const REST = 3;
const LONGEST_REST_MS = 2000;

/** Who is in a statement or a transaction of the records, from whatever process; the sweep itself has none when it asks. */
const OTHERS = `
  SELECT count(*)::integer AS at_work FROM pg_stat_activity
  WHERE datname = current_database() AND backend_type = 'client backend' AND state <> 'idle' AND pid <> pg_backend_pid()`;

/**
 * Lets others go first. Nothing hangs on when a sweep ends: it goes as fast as it can while nobody works, and takes a fraction of
 * the time while somebody does.
 */
export class SweepPace {
  #seen = -Infinity;
  #began = performance.now();

  constructor(private readonly records: RecordsDatabase) {}

  /** Were others at work a moment ago? */
  get isShared(): boolean {
    return performance.now() - this.#seen < SEEN_FOR_MS;
  }

  /** Called after each batch, with nothing of the sweep's own going on in the records. */
  async rest(): Promise<void> {
    const worked = performance.now() - this.#began;
    const [row] = await this.records.query<{ at_work: number }>(OTHERS);
    if (row!.at_work > 0) this.#seen = performance.now();
    if (this.isShared) await pause(Math.min(worked * REST, LONGEST_REST_MS));
    this.#began = performance.now();
  }
}
