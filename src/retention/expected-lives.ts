import type { IntakeFacts } from '../audit/intake-facts.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';

/** How an intake must stand in both databases. */
export interface ExpectedLife {
  readonly siteId: string;
  readonly facts: IntakeFacts;
  /** The day of destruction of each class that has ever lived. */
  readonly days: ReadonlyMap<RetentionClass, Day>;
  /** Of a class that has begun anew: the day on which the life before it ended. */
  readonly endedBefore?: ReadonlyMap<RetentionClass, Day>;
}

/** Where the run takes the truth from: what it finds in either database has to be that, or is put right. */
export interface ExpectedLives {
  /**
   * @param how `likely`: quickly, and never wrong where it agrees with what is stored; `sure`: the whole truth, at more cost
   * @returns without those that it has never heard of; `changed` where the truth itself has been tampered with
   */
  of(tx: RecordsTx, intakeIds: readonly string[], how: 'likely' | 'sure'): Promise<ReadonlyMap<string, ExpectedLife | 'changed'>>;
}
