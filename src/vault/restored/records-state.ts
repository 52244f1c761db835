import { bounded } from '../../audit/longest-cells.js';
import { frontierFrom, type Frontier } from '../../audit/merkle.js';
import type { RecordsTx } from '../../platform/records-tx.js';

/** What is remembered of the records: the access log's tree, and a digest of who may read and of the policies. */
export interface RecordsState {
  readonly tree: Frontier;
  readonly readers: Buffer;
}

/**
 * One statement, so that tree and digest are of one moment. Grants by their mac, which only a holder of the vault key can
 * make; pins and boxes are left out, since they change with a member's first opening and say nothing of who reads.
 * @param tx of a job
 */
export async function readRecordsState(tx: RecordsTx): Promise<RecordsState> {
  const [row] = await tx.query<{ size: number; frontier: Buffer; readers: Buffer }>(`
    SELECT h.size, ${bounded('h.frontier', 'frontier')} AS frontier, sha256(convert_to(
      (SELECT coalesce(string_agg(concat_ws(' ', site_id, member_id, vault_number, encode(mac, 'hex')), E'\\n'
         ORDER BY site_id, member_id, vault_number), '') FROM vault_grant)
      || E'\\n\\n' ||
      (SELECT coalesce(string_agg(concat_ws(' ', version, effective_day, document), E'\\n' ORDER BY version), '') FROM retention_policy),
      'UTF8')) AS readers
    FROM log_head h`);
  if (!row) throw new Error('the access log has no head');
  return { tree: frontierFrom(row.size, row.frontier), readers: row.readers };
}
