import type { RecordsTx } from '../platform/records-tx.js';
import type { KeyStore } from '../vault/key-store.js';
import type { StoreCounts } from './purge-run.js';

/** Counts what both stores hold now. Sealed sections without a living share are counted until they are swept. */
export async function countStores(tx: RecordsTx, { database }: KeyStore): Promise<StoreCounts> {
  const [records] = await tx.query<StoreCounts['records']>(
    `SELECT (SELECT count(*)::integer FROM intake) AS intakes, (SELECT count(*)::integer FROM section) AS sections`,
  );
  const [keyStore] = await database.query<StoreCounts['keyStore']>(
    `SELECT (SELECT count(*)::integer FROM bucket) AS buckets,
            (SELECT count(*)::integer FROM life_share s JOIN bucket b ON b.id = s.bucket_id) AS shares`,
  );
  return { keyStore: { ...keyStore! }, records: { ...records! } };
}

export async function holdsInForce({ database }: KeyStore): Promise<number> {
  const [row] = await database.query<{ holds: number }>(
    'SELECT count(*)::integer AS holds FROM hold WHERE NOT sentinel AND released_at IS NULL',
  );
  return row!.holds;
}
