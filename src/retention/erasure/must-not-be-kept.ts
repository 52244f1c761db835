import { PREPARER_LIST, type RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import { Refusal } from '../../platform/refusal.js';
import { heldSql } from '../../vault/hold-scope.js';
import type { KeyStore } from '../../vault/key-store.js';
import { refuseRestored } from '../../vault/restored/restored-mode.js';
import { readableUntil } from '../due-days.js';

const LIVING = `
  SELECT bool_or(s.class <> $3) AS others, max(s.due_day) AS until
  FROM life_share s JOIN bucket b ON b.id = s.bucket_id WHERE s.site_id = $1 AND s.intake_id = $2`;

const DEAD = 'SELECT class, due_day::text AS day FROM life_share WHERE site_id = $1 AND intake_id = $2';

/**
 * Nothing of an intake may be erased early while a legal hold covers any of it. To be asked when an erasure is asked for, and again
 * when it is approved. One that is placed after that wins all the same: the run destroys nothing that is held.
 *
 * Nor where nothing is left of it but its return on a preparer's list, which the law keeps (IRC 6107(b)).
 *
 * Nor while records that came out of a backup wait for their release: the request may have come out of it too.
 * Nor where a run has destroyed all of it and its rows wait to be swept: no later certificate counts those keys, which a receipt would name.
 * @throws Refusal PRESERVED, RETENTION_LOCKED, DESTROYED, RESTORED
 */
export async function mustNotBeKept(keyStore: KeyStore, siteId: string, intakeId: string): Promise<void> {
  await keyStore.transaction(async ({ tx }) => {
    await refuseRestored(tx);
    const held = await tx.query(`SELECT FROM life_share s WHERE s.site_id = $1 AND s.intake_id = $2 AND ${heldSql('s')} LIMIT 1`, [siteId, intakeId]);
    if (held.length > 0) throw new Refusal('PRESERVED', 'A legal hold keeps this intake, or a part of it. Nothing of it can be erased early.');
    const [living] = await tx.query<{ others: boolean | null; until: Day | null }>(LIVING, [siteId, intakeId, PREPARER_LIST]);
    if (living!.others === null) {
      const dead = await tx.query<{ class: RetentionClass; day: Day }>(DEAD, [siteId, intakeId]);
      const destroyed = Object.fromEntries(dead.map((share) => [share.class, share.day]));
      throw new Refusal('DESTROYED', 'All of this intake has been destroyed, as the retention policy said it would be. Nothing is left to be erased.', { destroyed });
    }
    if (!living!.others) {
      throw new Refusal('RETENTION_LOCKED', 'Nothing is left of this intake but its return on the preparer’s list. The law keeps that (IRC 6107(b)): it is not erased early.', {
        until: readableUntil(living!.until!),
      });
    }
  });
}
