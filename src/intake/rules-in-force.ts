import type { SiteMember } from '../access/signed-in.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { PolicyRow } from '../retention/policy.js';
import { POLICIES_SQL, scheduleIn, type PolicySchedule } from '../retention/policy-schedule.js';
import type { VaultKey } from '../vault/vault-grant.js';
import { lookupKeyFrom } from './lookup-key.js';
import { SITE_RULES, siteRulesIn, type SiteRules, type SiteRulesRow } from './site-rules.js';

/** What a write goes by: the site's decisions, the policies, and the lookup key of the filing year, opened. */
export interface RulesInForce {
  readonly site: SiteRules;
  readonly policies: PolicySchedule;
  readonly lookupKey: Uint8Array;
}

/** In one statement; a lookup key that is not there yet is made. */
export async function rulesInForce(tx: RecordsTx, who: SiteMember, vault: VaultKey, filingYear: number): Promise<RulesInForce> {
  const [row] = await tx.query<SiteRulesRow & { readonly policies: readonly PolicyRow[] | null } & { readonly lookup_wrapped: Uint8Array | null }>(
    `SELECT ${SITE_RULES}, ${POLICIES_SQL} AS policies, k.wrapped AS lookup_wrapped
     FROM site s LEFT JOIN lookup_key k ON k.site_id = s.id AND k.filing_year = $2
     WHERE s.id = $1`,
    [vault.siteId, filingYear],
  );
  if (!row) throw new Error('a member of a site that does not exist');
  return { site: siteRulesIn(row), policies: scheduleIn(row.policies), lookupKey: await lookupKeyFrom(tx, who, vault, filingYear, row.lookup_wrapped) };
}
