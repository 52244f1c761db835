import { PREPARER_LIST } from '../../catalogue/retention-class.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import type { KeyStore } from '../../vault/key-store.js';

/**
 * Notes the run by whose certificate an erasure is over: the first after which no key of the intake is left, but that of a preparer's list, which the law keeps. One that a hold keeps
 * goes on waiting. In the transaction that writes the certificate, so that a receipt names no other.
 */
export async function noteErased(tx: RecordsTx, { database }: KeyStore, runId: string): Promise<void> {
  const waiting = await tx.query<{ intake_id: string }>('SELECT intake_id FROM erasure WHERE run_id IS NULL');
  if (waiting.length === 0) return;
  const ids = waiting.map((row) => row.intake_id);
  const alive = await database.query<{ intake_id: string }>(
    'SELECT DISTINCT s.intake_id FROM life_share s JOIN bucket b ON b.id = s.bucket_id WHERE s.intake_id = ANY ($1::uuid[]) AND s.class <> $2',
    [ids, PREPARER_LIST],
  );
  const living = new Set(alive.map((row) => row.intake_id));
  await tx.query('UPDATE erasure SET run_id = $1 WHERE intake_id = ANY ($2::uuid[])', [runId, ids.filter((id) => !living.has(id))]);
}
