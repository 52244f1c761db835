import { createHash } from 'node:crypto';
import type { AccessLog } from '../audit/append-entry.js';
import { canonicalJson } from '../audit/canonical-json.js';
import { dayIn, type Clock } from '../platform/clock.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import { DEFAULT_POLICY } from './default-policy.js';
import { policyForLog } from './policies/logged-policies.js';
import { parsePolicy, type Policy } from './policy.js';

/** SHA-256 of the document's canonical JSON, in hex: what the access log says was approved. */
export function policyDigest(policy: Policy): string {
  return createHash('sha256').update(canonicalJson(policy)).digest('hex');
}

/** The last place on earth to get to a day: whatever the zone of a site, its own calendar has come that far (IANA; the sign is POSIX's). */
export const LAST_ZONE = 'Etc/GMT+12';

/**
 * Publishes the default policy as version 1, where none has been published. At every start; once ever. It is effective from a
 * day that has begun at every site: sites are made later, and none may read of a policy in force since tomorrow.
 */
export async function publishFirstPolicy(records: RecordsDatabase, log: AccessLog, clock: Clock): Promise<void> {
  const policy = parsePolicy(DEFAULT_POLICY);
  const now = clock.now();
  const today = dayIn(LAST_ZONE, now);
  await records.acrossSites(async (tx) => {
    const published = await tx.query(
      `INSERT INTO retention_policy (version, effective_day, published_at, document)
       SELECT 1, $1, $2, $3 WHERE NOT EXISTS (SELECT FROM retention_policy)
       ON CONFLICT ON CONSTRAINT retention_policy_pk DO NOTHING RETURNING version`,
      [today, now, JSON.stringify(policy)],
    );
    if (published.length === 0) return;
    await log.append(tx, {
      kind: 'policy.approved',
      actor: { system: 'set-up' },
      subject: {},
      context: { version: 1, day: today, digest: policyDigest(policy), policy: policyForLog(policy), reason: 'first-start' },
    });
  });
}
