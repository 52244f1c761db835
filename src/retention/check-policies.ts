import { entriesOfKind } from '../audit/parts-of-site.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { InputsChanged } from './inputs-changed.js';
import { parsePolicy, type PolicyRow } from './policy.js';
import { policyDigest } from './publish-first-policy.js';

/** Compares every published policy with the entry that says it was approved. @throws InputsChanged naming the version */
export async function checkPolicies(tx: RecordsTx): Promise<void> {
  const rows = await tx.query<PolicyRow>('SELECT version AS policy_version, effective_day, document FROM retention_policy ORDER BY version');
  const approved = new Map<number | undefined, { readonly day: string | undefined; readonly digest: string | undefined }>();
  for (const parts of await entriesOfKind(tx, 'policy.approved')) {
    if (!parts) throw new InputsChanged('the log of a policy');
    const { version, day, digest } = parts.context;
    approved.set(version, { day, digest });
  }
  for (const { policy_version: version, effective_day, document } of rows) {
    const entry = approved.get(version);
    if (!entry || entry.day !== effective_day || entry.digest !== digestOf(document)) throw new InputsChanged(`policy ${version}`);
    approved.delete(version);
  }
  for (const version of approved.keys()) throw new InputsChanged(`policy ${version}`);
}

/** One that is no policy any more has no digest of one. */
function digestOf(document: unknown): string | undefined {
  try {
    return policyDigest(parsePolicy(document));
  } catch {
    return undefined;
  }
}
