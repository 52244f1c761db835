import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { destroyHalves, destroyHalvesOf, keepGrantHalves, type GrantHalf } from '../vault/halves.js';
import { KeyStore } from '../vault/key-store.js';
import { actorOf, siteSubject } from './actor.js';
import { mustStand } from './approvals/who-decides.js';
import { inSiteOf } from './in-site-of.js';
import { lockHolders } from './member-row.js';
import type { Role, SiteMember } from './signed-in.js';

/** What became of a leaver: nothing of theirs opens any more, or they are only kept out because nobody else has the key. */
export type Leaving = 'erased' | 'blocked';

@Injectable()
export class DisableMember {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends a member's sign-in, sessions and grants, for good. The last holder of a key that still opens something keeps the
   * halves of password and grant, or nobody could ever be admitted again; no sign-in of theirs is accepted.
   *
   * The halves commit first: a crash between leaves a member who counts as active and whose password, sessions and grants
   * open nothing. Disabling them again ends it properly. So whoever else holds a key is asked of the key store, in the
   * transaction that destroys: rows alone do not make a holder.
   * Who asks is looked at again under the lock of their own row: of two who disable each other at once, one stays.
   * @throws Refusal NOT_FOUND, ALREADY_DONE, FORBIDDEN for oneself, to a site's administrator for a member of the whole
   *   organisation, and to who has been disabled meanwhile
   */
  async run(who: SiteMember, memberId: string): Promise<Leaving> {
    if (memberId === who.memberId) throw new Refusal('FORBIDDEN', 'Another administrator has to disable you.');
    return inSiteOf(this.records, who, async (tx) => {
      await lockHolders(tx, who.siteId);
      const { role, organisationWide } = await lockActive(tx, memberId, who);
      const leaving = await this.endHalves(tx, memberId, await keysInUse(tx, memberId));
      await tx.query('DELETE FROM session WHERE member_id = $1', [memberId]);
      if (leaving === 'erased') await tx.query('DELETE FROM vault_grant WHERE member_id = $1', [memberId]);
      const [site] = await tx.query<{ time_zone: string }>('SELECT time_zone FROM site WHERE id = $1', [who.siteId]);
      const today = this.clock.today(site!.time_zone);
      await tx.query(`UPDATE member SET status = 'disabled', disabled_day = $1 WHERE id = $2`, [today, memberId]);
      await this.log.append(tx, {
        kind: 'member.disabled',
        actor: actorOf(who),
        subject: { ...siteSubject({ siteId: who.siteId, organisationWide }), member: memberId, role },
        context: leaving === 'blocked' ? { reason: 'LAST_KEY_HOLDER' } : {},
      });
      return leaving;
    });
  }

  private async endHalves(tx: RecordsTx, memberId: string, inUse: readonly KeyInUse[]): Promise<Leaving> {
    const sessions = await tx.query<{ half_id: string }>('SELECT half_id FROM session WHERE member_id = $1', [memberId]);
    return this.keyStore.transaction(async (store) => {
      const living = await keepGrantHalves(store, inUse.flatMap(({ own, others }) => [{ memberId, halfId: own }, ...others]));
      const isLast = ({ own, others }: KeyInUse): boolean => living.has(own) && !others.some(({ halfId }) => living.has(halfId));
      if (inUse.some(isLast)) {
        await destroyHalves(store, memberId, 'session', sessions.map(({ half_id }) => half_id));
        return 'blocked';
      }
      await destroyHalvesOf(store, memberId);
      return 'erased';
    });
  }
}

interface TargetRow {
  readonly role: Role;
  readonly status: string;
  readonly organisationWide: boolean;
}

/** Looks first and locks then: what a site's administrator may not change, row security does not let them lock. */
async function lockActive(tx: RecordsTx, memberId: string, who: SiteMember): Promise<TargetRow> {
  const select = 'SELECT role, status, site_id IS NULL AS "organisationWide" FROM member WHERE id = $1';
  const [seen] = await tx.query<TargetRow>(select, [memberId]);
  if (seen?.organisationWide && !who.organisationWide) {
    throw new Refusal('FORBIDDEN', 'Only who belongs to the whole organisation disables a member of it.');
  }
  const lockTarget = (): Promise<TargetRow[]> => tx.query<TargetRow>(`${select} FOR NO KEY UPDATE`, [memberId]);
  const [row] = await lockBoth(who.memberId, memberId, () => mustStand(tx, who.memberId), lockTarget);
  if (!row) throw new Refusal('NOT_FOUND', 'There is no such member at this site.');
  if (row.status !== 'active') throw new Refusal('ALREADY_DONE', 'This member is disabled already.');
  return row;
}

/** In one order whoever asks: members of the organisation at two sites hold no site's lock in common, and would wait for each other. */
async function lockBoth<T>(asker: string, target: string, lockAsker: () => Promise<unknown>, lockTarget: () => Promise<T>): Promise<T> {
  if (asker < target) await lockAsker();
  const locked = await lockTarget();
  if (asker > target) await lockAsker();
  return locked;
}

/** A key that an intake is sealed under: the half of a leaver's grant of it, and those of other active preparers'. */
interface KeyInUse {
  readonly own: string;
  readonly others: readonly GrantHalf[];
}

/**
 * Locks the leaver's grants first. Whoever creates an intake by one of them has committed then, and the intake is seen here, or
 * finds the grant gone.
 */
async function keysInUse(tx: RecordsTx, memberId: string): Promise<readonly KeyInUse[]> {
  await tx.query('SELECT FROM vault_grant WHERE member_id = $1 FOR UPDATE', [memberId]);
  return tx.query<KeyInUse>(
    `SELECT g.half_id AS own, (
         SELECT coalesce(json_agg(json_build_object('memberId', o.member_id, 'halfId', o.half_id)), '[]')
         FROM vault_grant o JOIN member m ON m.id = o.member_id AND m.status = 'active'
         WHERE o.site_id = g.site_id AND o.vault_number = g.vault_number AND o.member_id <> g.member_id) AS others
     FROM vault_grant g WHERE g.member_id = $1
       AND EXISTS (SELECT FROM intake i WHERE i.site_id = g.site_id AND i.vault_number = g.vault_number)`,
    [memberId],
  );
}
