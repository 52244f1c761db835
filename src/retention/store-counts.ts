import type { KeysTx } from '../platform/keys-tx.js';
import { ONE_MOMENT } from '../platform/one-moment.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { heldSql } from '../vault/hold-scope.js';
import type { KeyStore } from '../vault/key-store.js';
import type { SiteDay } from './plan-run.js';
import type { StoreCounts } from './purge-run.js';

/** It waits for as long as the work takes, where others that wait are cut off. */
const WITHOUT_END = 'SET LOCAL idle_in_transaction_session_timeout = 0';

/**
 * Does work beside a picture of both stores as they are when it begins, which can be counted at any moment of it. Counting takes
 * as long as there are rows, and a run has something more urgent to do first.
 */
export function besideCounts<T>(records: RecordsDatabase, keyStore: KeyStore, work: (countBefore: () => Promise<StoreCounts>) => Promise<T>): Promise<T> {
  return records.acrossSites(async (recordsTx) => {
    await recordsTx.query(ONE_MOMENT);
    await recordsTx.query(WITHOUT_END);
    await recordsTx.query('SELECT FROM organisation');
    return keyStore.database.transaction(async (keysTx) => {
      await keysTx.query(WITHOUT_END);
      await keysTx.query('SELECT FROM key_store');
      return work(() => countStores(recordsTx, keysTx));
    }, ONE_MOMENT);
  });
}

/** Counts what both stores hold. Sealed sections without a living share are counted until they are swept. */
export async function countStores(recordsTx: RecordsTx, keysTx: KeysTx): Promise<StoreCounts> {
  const [records] = await recordsTx.query<StoreCounts['records']>(
    `SELECT (SELECT count(*)::integer FROM intake) AS intakes, (SELECT count(*)::integer FROM section) AS sections`,
  );
  const [keyStore] = await keysTx.query<StoreCounts['keyStore']>(
    `SELECT (SELECT count(*)::integer FROM bucket) AS buckets,
            (SELECT count(*)::integer FROM life_share s JOIN bucket b ON b.id = s.bucket_id) AS shares`,
  );
  return { keyStore: { ...keyStore! }, records: { ...records! } };
}

/** The holds that stand, and how many shares past their day they keep. */
export interface Held {
  readonly holds: number;
  readonly shares: number;
}

export async function countHeld({ database }: KeyStore, days: readonly SiteDay[]): Promise<Held> {
  const [{ holds } = { holds: 0 }] = await database.query<{ holds: number }>(
    'SELECT count(*)::integer AS holds FROM hold WHERE NOT sentinel AND released_at IS NULL',
  );
  if (holds === 0) return { holds, shares: 0 }; // without a look at every share
  const [row] = await database.query<{ shares: number }>(
    `SELECT count(*)::integer AS shares FROM unnest($1::uuid[], $2::date[]) AS d (site_id, today)
     JOIN bucket b ON b.site_id = d.site_id JOIN life_share s ON s.bucket_id = b.id AND s.due_day <= d.today WHERE ${heldSql('s')}`,
    [days.map(({ siteId }) => siteId), days.map(({ today }) => today)],
  );
  return { holds, shares: row!.shares };
}
