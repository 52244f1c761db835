import type { Day } from '../../platform/clock.js';
import type { RecordsTx } from '../../platform/records-tx.js';

/** A client's own erasure of an intake, as long as anything is known of it: until its year is over. */
export interface ErasedEarly {
  readonly intake: string;
  /** What of it has this day went because of the erasure, or would have gone that day anyhow. */
  readonly day: Day;
  readonly approvedAt: Date;
  /** By whose certificate it was over; null while a hold keeps any of it. */
  readonly run: string | null;
}

export function erasedEarly(tx: RecordsTx, intakes: readonly string[]): Promise<readonly ErasedEarly[]> {
  return tx.query<ErasedEarly>(
    `SELECT e.intake_id AS intake, e.day, a.decided_at AS "approvedAt", e.run_id AS run FROM erasure e JOIN approval a ON a.id = e.approval_id
     WHERE e.intake_id = ANY ($1::uuid[])`,
    [intakes],
  );
}
