import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import type { Half } from '../vault/halves.js';
import { sealGrant, type Grantee, type VaultKey } from '../vault/vault-grant.js';
import type { SiteMember } from './signed-in.js';

/**
 * Keeps the grant by which somebody opened a vault key until this transaction ends: whoever disables them waits, and sees what was
 * sealed under that key meanwhile.
 * @throws Refusal SIGNED_OUT when they have been disabled since
 */
export async function keepGrant(tx: RecordsTx, { memberId }: SiteMember, { siteId, number }: VaultKey): Promise<void> {
  const grant = 'SELECT FROM vault_grant WHERE site_id = $1 AND member_id = $2 AND vault_number = $3 FOR KEY SHARE';
  const kept = await tx.query(grant, [siteId, memberId, number]);
  if (kept.length === 0) throw grantGone();
}

/** Whoever is disabled loses their grants; a request that had passed their session finds none. */
export function grantGone(): Refusal {
  return new Refusal('SIGNED_OUT', 'Your session has ended. Sign in again.');
}

/** Seals the vault key for a member and writes the grant. @throws Refusal ALREADY_DONE when they hold it */
export async function insertGrant(
  tx: RecordsTx,
  vault: VaultKey,
  grantee: Grantee,
  half: Half,
  admission: { readonly admittedBy: string; readonly day: Day },
): Promise<void> {
  const { sealed, mac } = sealGrant(vault, grantee, half.bytes);
  const written = await tx.query(
    `INSERT INTO vault_grant (site_id, member_id, vault_number, half_id, sealed, mac, admitted_by, admitted_day)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT ON CONSTRAINT vault_grant_pk DO NOTHING RETURNING member_id`,
    [vault.siteId, grantee.memberId, vault.number, half.id, Buffer.from(sealed), Buffer.from(mac), admission.admittedBy, admission.day],
  );
  if (written.length === 0) throw new Refusal('ALREADY_DONE', 'This member holds the key already.');
}
