import type { RecordsTx } from '../platform/records-tx.js';

const HOLDS_LOCK = 7_466_103;

/**
 * One at a time places a hold, settles holds, or shortens what no hold may see shortened: between the key store's commit and the entry
 * nobody else looks. Until the transaction ends; to be taken before any row is locked.
 */
export async function lockHolds(tx: RecordsTx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [HOLDS_LOCK]);
}
