import type { RecordsTx } from '../../platform/records-tx.js';
import { publishedPolicy, type PolicyRow, type PublishedPolicy } from '../policy.js';

/** A policy that was announced, and taken back before its day since a legal hold had come (`withdrawAnnounced`). */
export interface WithdrawnPolicy extends PublishedPolicy {
  readonly withdrawnAt: Date;
}

/** What legal holds have made of policies. */
export interface PoliciesOfHolds {
  /** In the order in which they were published. */
  readonly withdrawn: readonly WithdrawnPolicy[];
  /** By its version, of each that was published because of a hold: the version that it took the place of. */
  readonly inPlaceOf: ReadonlyMap<number, number>;
}

/** @throws PolicyInvalid */
export async function policiesOfHolds(tx: RecordsTx): Promise<PoliciesOfHolds> {
  const rows = await tx.query<PolicyRow & { readonly withdrawn_at: Date }>(
    'SELECT version AS policy_version, effective_day, document, withdrawn_at FROM retention_policy WHERE withdrawn_at IS NOT NULL ORDER BY version',
  );
  const places = await tx.query<{ version: number; in_place_of: number }>('SELECT version, in_place_of FROM retention_policy WHERE in_place_of IS NOT NULL');
  return {
    withdrawn: rows.map((row) => ({ ...publishedPolicy(row), withdrawnAt: row.withdrawn_at })),
    inPlaceOf: new Map(places.map(({ version, in_place_of: inPlaceOf }) => [version, inPlaceOf])),
  };
}
