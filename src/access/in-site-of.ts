import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';

/**
 * A transaction in the member's own site. A member of the whole organisation has none: their own rows (account, session)
 * are in no site, and only the role that crosses sites can see them.
 */
export function inSiteOf<T>(records: RecordsDatabase, siteId: string | null, work: (tx: RecordsTx) => Promise<T>): Promise<T> {
  return siteId === null ? records.acrossSites(work) : records.inSite(siteId, work);
}
