import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';

const STALLED_AFTER_SECONDS = 300;
/** Asked anew this often, not for each reading. */
const FRESH_FOR_MS = 5_000;

/** How long an entry has waited for its place in the tree, at the longest: seconds of the database's clock, 0 when none waits. */
export async function oldestPendingAge(tx: RecordsTx): Promise<number> {
  const [row] = await tx.query<{ seconds: number }>(
    `SELECT coalesce(extract(epoch FROM clock_timestamp() - min(since)), 0)::float8 AS seconds FROM log_pending`,
  );
  return row!.seconds;
}

/**
 * Entries that wait are not yet in the tree: somebody who stops the sequencer could remove them unseen. So while they wait
 * too long nothing is opened.
 */
@Injectable()
export class StallGate {
  private askedAt = -Infinity;
  private stalled = false;

  /** @throws Refusal LOG_STALLED */
  async refuseWhenStalled(tx: RecordsTx): Promise<void> {
    // A stall is asked about each time, so that work goes on as soon as it is over.
    if (this.stalled || performance.now() - this.askedAt > FRESH_FOR_MS) {
      this.stalled = (await oldestPendingAge(tx)) > STALLED_AFTER_SECONDS;
      this.askedAt = performance.now();
    }
    if (this.stalled) throw new Refusal('LOG_STALLED', 'The access log does not keep up. Nothing is opened until it does.');
  }
}
