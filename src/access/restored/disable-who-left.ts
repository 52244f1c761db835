import type { AccessLog } from '../../audit/append-entry.js';
import type { Clock } from '../../platform/clock.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import type { KeyStore } from '../../vault/key-store.js';
import type { Role } from '../signed-in.js';

interface Returned {
  readonly id: string;
  readonly role: Role;
  readonly site_id: string | null;
  readonly time_zone: string | null;
}

/**
 * Members whom a backup brings back as active and of whom the key store has nothing left: they were disabled after it. No sign-in of theirs is
 * accepted anyway, but pages would take them for people who can read, and their addresses could not be invited.
 * @param tx of a job. @returns how many
 */
export async function disableWhoLeft(tx: RecordsTx, keyStore: KeyStore, log: AccessLog, clock: Clock): Promise<number> {
  const active = await tx.query<Returned>(
    `SELECT m.id, m.role, m.site_id, s.time_zone FROM member m LEFT JOIN site s ON s.id = m.site_id WHERE m.status = 'active' ORDER BY m.id`,
  );
  const living = await keyStore.database.query<{ id: string }>('SELECT DISTINCT member_id AS id FROM half WHERE member_id = ANY ($1::uuid[])', [active.map(({ id }) => id)]);
  const known = new Set(living.map(({ id }) => id));
  const left = active.filter(({ id }) => !known.has(id));
  for (const { id, role, site_id: siteId, time_zone: timeZone } of left) {
    await tx.query(`UPDATE member SET status = 'disabled', disabled_day = $1 WHERE id = $2`, [clock.today(timeZone ?? 'UTC'), id]);
    const subject = siteId === null ? {} : { site: siteId };
    await log.append(tx, { kind: 'member.disabled', actor: { system: 'restore' }, subject: { ...subject, member: id, role }, context: { reason: 'restored' } });
  }
  return left.length;
}
