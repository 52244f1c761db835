import { partAsJson } from '../../audit/part-as-json.js';
import { NEWEST_FIRST, PLACE, WITH_PLACE } from '../../audit/tree-order.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { KeyStore } from '../../vault/key-store.js';
import type { OperatorWarning } from './operator-warning.js';

/** The copy is taken after the run: not in the minute in which it ends. */
const GRACE_MS = 2 * 3_600_000;

/**
 * Losing the key store is losing the answers. A commit waits for a synchronous standby where one is named, so that naming
 * one is having one; without it there has to be a copy younger than the newest run's beginning.
 */
export async function keyCopyWarnings(records: RecordsDatabase, keyStore: KeyStore, now: Date): Promise<readonly OperatorWarning[]> {
  const [standby] = await keyStore.database.query<{ named: boolean; attached: boolean }>(
    `SELECT current_setting('synchronous_standby_names') <> '' AS named, EXISTS (SELECT FROM pg_stat_replication) AS attached`,
  );
  if (standby!.named) return standby!.attached ? [] : [{ kind: 'standby-away', severity: 'serious' }];
  const [run] = await records.acrossSites((tx) => tx.query<{ at: Date; copied: boolean }>(NEWEST_RUN));
  if (!run || run.copied || now.getTime() - run.at.getTime() < GRACE_MS) return [];
  return [{ kind: 'key-store-uncopied', severity: 'warning' }];
}

/** Not by time: the order of the entries is that of what they tell, whatever the clocks did. */
const NEWEST_RUN = `
  WITH run (at, index, id) AS (SELECT e.at, ${PLACE} FROM log_entry e ${WITH_PLACE} WHERE e.kind = 'purge.intended' ORDER BY ${NEWEST_FIRST} LIMIT 1)
  SELECT run.at, EXISTS (
    SELECT FROM log_entry e JOIN log_part p ON p.entry_id = e.id ${WITH_PLACE}
    WHERE e.kind = 'backup.taken' AND (${PLACE}) > (run.index, run.id) AND ${partAsJson('p.context')} ->> 'store' = 'keys'
  ) AS copied FROM run`;
