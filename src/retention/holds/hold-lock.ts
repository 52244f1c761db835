import type { RecordsTx } from '../../platform/records-tx.js';

const HOLDS_LOCK = 7_466_103;

/** One at a time places a hold or settles holds: between the key store's commit and the entry nobody else looks. Until the transaction ends. */
export async function lockHolds(tx: RecordsTx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [HOLDS_LOCK]);
}
