import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { policyInForceSql, publishedPolicy, type PolicyRow, type PublishedPolicy } from '../retention/policy.js';
import type { VaultKey } from '../vault/vault-grant.js';
import { lookupKeyFrom } from './lookup-key.js';
import { SITE_RULES, siteRulesIn, type SiteRules, type SiteRulesRow } from './site-rules.js';

/** What a write goes by: the site's decisions, the policy of the day, and the lookup key of the filing year, opened. */
export interface RulesInForce {
  readonly site: SiteRules;
  readonly policy: PublishedPolicy;
  readonly lookupKey: Uint8Array;
}

/** In one statement; a lookup key that is not there yet is made. */
export async function rulesInForce(tx: RecordsTx, vault: VaultKey, filingYear: number, today: Day): Promise<RulesInForce> {
  const [row] = await tx.query<SiteRulesRow & PolicyRow & { readonly lookup_wrapped: Uint8Array | null }>(
    `SELECT ${SITE_RULES}, policy.*, k.wrapped AS lookup_wrapped
     FROM site s LEFT JOIN lookup_key k ON k.site_id = s.id AND k.filing_year = $2 CROSS JOIN (${policyInForceSql('$3')}) policy
     WHERE s.id = $1`,
    [vault.siteId, filingYear, today],
  );
  if (!row) throw new Error('a site that does not exist, or no retention policy has been published');
  return { site: siteRulesIn(row), policy: publishedPolicy(row), lookupKey: await lookupKeyFrom(tx, vault, filingYear, row.lookup_wrapped) };
}
