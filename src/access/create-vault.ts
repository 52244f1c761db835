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

/**
 * The first preparer of a site makes its vault key, and grants it to themselves; so does the next one after all who held it have left
 * and nothing is there any more that it opens. Nobody could admit them, and nothing is lost. Of two who join at once, the second
 * waits for the first at the site's row, and then finds a holder: no site has two vaults that somebody can open.
 * @param tx holds the lock of the site's holders
 * @returns false when the site has a vault that somebody holds, or that an intake is sealed under
 */
export async function createVault(
  tx: RecordsTx,
  log: AccessLog,
  siteId: string,
  first: NewMemberKeys,
  today: Day,
): Promise<boolean> {
  if (!first.grantHalf) throw new Error('a preparer joins with a half for a grant');
  const number = await nextNumber(tx, siteId);
  if (number === undefined) return false;
  await tx.query('SELECT forget_dead_lookup_keys()');
  await tx.query('INSERT INTO site_vault (site_id, number, created_by, created_day) VALUES ($1, $2, $3, $4)', [siteId, number, first.memberId, today]);
  const vault = { siteId, number, key: randomBytes(32) };
  const grantee = { memberId: first.memberId, role: 'preparer', publicKey: first.keys.publicKey };
  await insertGrant(tx, vault, grantee, first.grantHalf, { admittedBy: first.memberId, day: today });
  await tx.query('UPDATE vault_grant SET pin = $1 WHERE member_id = $2 AND vault_number = $3', [
    Buffer.from(vaultPin(first.keys.secretKey, vault)),
    first.memberId,
    number,
  ]);
  wipe(vault.key);
  const maker = { memberId: first.memberId, role: 'preparer', siteId } as const;
  await log.appendAll(tx, [
    { kind: 'vault.created', actor: actorOf(maker), subject: { site: siteId }, context: { vault: number } },
    pinned(maker, number),
  ]);
  return true;
}

/** @returns undefined while somebody who works here holds a key of the site's, or an intake is there for which one is kept */
async function nextNumber(tx: RecordsTx, siteId: string): Promise<number | undefined> {
  const [row] = await tx.query<{ next: number; is_used: boolean }>(
    `SELECT coalesce((SELECT max(number) FROM site_vault WHERE site_id = $1), 0) + 1 AS next,
       EXISTS (SELECT FROM intake WHERE site_id = $1)
         OR EXISTS (SELECT FROM vault_grant g JOIN member m ON m.id = g.member_id AND m.status = 'active' WHERE g.site_id = $1) AS is_used`,
    [siteId],
  );
  return row!.is_used ? undefined : row!.next;
}
