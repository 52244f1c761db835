import { entriesOfKind, type WrittenParts } from '../audit/parts-of-site.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { InputsChanged } from './inputs-changed.js';
import { parsePolicy, type PolicyRow } from './policy.js';
import { policyDigest } from './publish-first-policy.js';

/** Compares every published policy with the entry that says it was approved, by two or because of a hold. @throws InputsChanged naming the version */
export async function checkPolicies(tx: RecordsTx): Promise<void> {
  const rows = await tx.query<PolicyRow & { readonly withdrawn: boolean; readonly by_hold: boolean }>(
    'SELECT version AS policy_version, effective_day, document, withdrawn_at IS NOT NULL AS withdrawn, in_place_of IS NOT NULL AS by_hold FROM retention_policy ORDER BY version',
  );
  const withdrawn = new Set((await written(tx, 'policy.withdrawn')).map(({ context }) => context.version));
  const approved = new Map((await written(tx, 'policy.approved')).map(({ context }) => [context.version, context]));
  for (const { policy_version: version, effective_day, document, withdrawn: isWithdrawn, by_hold: isByHold } of rows) {
    const entry = approved.get(version);
    if (!entry || entry.day !== effective_day || entry.digest !== digestOf(document)) throw new InputsChanged(`policy ${version}`);
    if (isWithdrawn !== withdrawn.has(version) || isByHold !== (entry.hold !== undefined)) throw new InputsChanged(`policy ${version}`);
    approved.delete(version);
  }
  for (const version of approved.keys()) throw new InputsChanged(`policy ${version}`);
}

async function written(tx: RecordsTx, kind: 'policy.approved' | 'policy.withdrawn'): Promise<readonly WrittenParts[]> {
  return (await entriesOfKind(tx, kind)).map((parts) => {
    if (!parts) throw new InputsChanged('the log of a policy');
    return parts;
  });
}

/** One that is no policy any more has no digest of one. */
function digestOf(document: unknown): string | undefined {
  try {
    return policyDigest(parsePolicy(document));
  } catch {
    return undefined;
  }
}
