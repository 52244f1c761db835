import { keepGrant } from '../access/grant-row.js';
import type { SiteMember } from '../access/signed-in.js';
import { wipe } from '../crypto/bytes.js';
import { randomBytes } from '../crypto/random.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { VaultKey } from '../vault/vault-grant.js';
import { unwrapLookupKey, wrapLookupKey } from '../vault/vault-wraps.js';

export interface LookupKeyRow {
  readonly filing_year: number;
  readonly wrapped: Uint8Array;
}

/**
 * The site's lookup key of a filing year, made by whoever needs it first.
 * @param wrapped as it is stored; null when it is not
 * @throws Refusal SIGNED_OUT when it is not, and they have been disabled since they opened the vault
 */
export async function lookupKeyFrom(tx: RecordsTx, who: SiteMember, vault: VaultKey, filingYear: number, wrapped: Uint8Array | null): Promise<Uint8Array> {
  if (wrapped) return unwrapLookupKey(vault, filingYear, wrapped);
  await keepGrant(tx, who, vault); // or it might come after the keys of a vault that has taken this one's place
  const fresh = randomBytes(32);
  await tx.query(
    `INSERT INTO lookup_key (site_id, filing_year, vault_number, wrapped) VALUES ($1, $2, $3, $4)
     ON CONFLICT ON CONSTRAINT lookup_key_pk DO NOTHING`,
    [vault.siteId, filingYear, vault.number, Buffer.from(wrapLookupKey(vault, filingYear, fresh))],
  );
  wipe(fresh);
  const [row] = await tx.query<LookupKeyRow>('SELECT filing_year, wrapped FROM lookup_key WHERE site_id = $1 AND filing_year = $2', [
    vault.siteId,
    filingYear,
  ]);
  return unwrapLookupKey(vault, filingYear, row!.wrapped); // another request's, when it was first
}

/** Every lookup key the site has, as it is stored: one for each filing year with intakes. */
export function wrappedLookupKeys(records: RecordsDatabase, siteId: string): Promise<readonly LookupKeyRow[]> {
  return records.atOnceInSite<LookupKeyRow>(siteId, 'SELECT filing_year, wrapped FROM lookup_key WHERE site_id = current_site()');
}

export function openLookupKeys(vault: VaultKey, rows: readonly LookupKeyRow[]): readonly Uint8Array[] {
  return rows.map((row) => unwrapLookupKey(vault, row.filing_year, row.wrapped));
}
