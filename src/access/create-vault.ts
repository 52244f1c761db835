import type { AccessLog } from '../audit/append-entry.js';
import { wipe } from '../crypto/bytes.js';
import { randomBytes } from '../crypto/random.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { vaultPin } from '../vault/vault-grant.js';
import { actorOf } from './actor.js';
import { insertGrant } from './grant-row.js';
import type { NewMemberKeys } from './member-keys.js';
import { pinned } from './vault-pins.js';

const FIRST = 1;

/**
 * The first preparer of a site makes its vault key, and grants it to themselves. Of two who join at once, the second waits
 * on the row of the first here, and then finds that there is a vault: a site never has two.
 * @returns false when the site has its vault already
 */
export async function createVault(
  tx: RecordsTx,
  log: AccessLog,
  siteId: string,
  first: NewMemberKeys,
  today: Day,
): Promise<boolean> {
  if (!first.grantHalf) throw new Error('a preparer joins with a half for a grant');
  const made = await tx.query(
    `INSERT INTO site_vault (site_id, number, created_by, created_day) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING number`,
    [siteId, FIRST, first.memberId, today],
  );
  if (made.length === 0) return false;
  const vault = { siteId, number: FIRST, key: randomBytes(32) };
  const grantee = { memberId: first.memberId, role: 'preparer', publicKey: first.keys.publicKey };
  await insertGrant(tx, vault, grantee, first.grantHalf, { admittedBy: first.memberId, day: today });
  await tx.query('UPDATE vault_grant SET pin = $1 WHERE member_id = $2 AND vault_number = $3', [
    Buffer.from(vaultPin(first.keys.secretKey, vault)),
    first.memberId,
    FIRST,
  ]);
  wipe(vault.key);
  const maker = { memberId: first.memberId, role: 'preparer', siteId } as const;
  await log.appendAll(tx, [
    { kind: 'vault.created', actor: actorOf(maker), subject: { site: siteId }, context: { vault: FIRST } },
    pinned(maker, FIRST),
  ]);
  return true;
}
