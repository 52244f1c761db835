import type { RecordsTx } from '../../platform/records-tx.js';
import { publishedPolicy, type PolicyRow, type PublishedPolicy } from '../policy.js';

/** A policy that was announced, and taken back before its day since a legal hold had come (`withdrawAnnounced`). */
export interface WithdrawnPolicy extends PublishedPolicy {
  readonly withdrawnAt: Date;
}

/** In the order in which they were published. @throws PolicyInvalid */
export async function withdrawnPolicies(tx: RecordsTx): Promise<readonly WithdrawnPolicy[]> {
  const rows = await tx.query<PolicyRow & { readonly withdrawn_at: Date }>(
    'SELECT version AS policy_version, effective_day, document, withdrawn_at FROM retention_policy WHERE withdrawn_at IS NOT NULL ORDER BY version',
  );
  return rows.map((row) => ({ ...publishedPolicy(row), withdrawnAt: row.withdrawn_at }));
}
