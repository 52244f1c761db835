import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { KeysTx } from '../platform/keys-tx.js';
import { heldSql } from '../vault/hold-scope.js';

/** What day it is at a site, for destruction. */
export interface SiteDay {
  readonly siteId: string;
  readonly today: Day;
}

/**
 * - `clean`: everything in it is due and nothing held, or it is empty and past its day: its key can go as it is
 * - `mixed`: something in it must go and something must stay, or it is past its day and holds what has moved on to a later one,
 *   or a run was cut short while it carried over what stays
 */
export interface PlannedBucket {
  readonly id: string;
  readonly siteId: string;
  readonly class: RetentionClass;
  readonly day: Day;
  readonly kind: 'clean' | 'mixed';
}

/** The hold table did not show its sentinel: whatever is being looked at, it is not the holds, and nothing may be destroyed. */
export class SentinelMissing extends Error {
  override readonly name = 'SentinelMissing';

  constructor() {
    super('the sentinel hold is not there');
  }
}

/** Called in every transaction that destroys. @throws SentinelMissing */
export async function mustSeeSentinel(tx: KeysTx): Promise<void> {
  const sentinels = await tx.query('SELECT id FROM hold WHERE sentinel AND released_at IS NULL');
  if (sentinels.length !== 1) throw new SentinelMissing();
}

/**
 * What is to be done with every bucket on these days, from the key store alone. The first and the last due day of a bucket
 * are two probes of an index, and shares are looked at one by one only where a hold could cover them: the time depends on
 * the number of buckets, not of clients.
 */
export async function planRun(tx: KeysTx, days: readonly SiteDay[]): Promise<readonly PlannedBucket[]> {
  const rows = await tx.query<Omit<PlannedBucket, 'siteId'> & { site_id: string }>(PLAN, [
    days.map(({ siteId }) => siteId),
    days.map(({ today }) => today),
  ]);
  return rows.map(({ site_id, ...rest }) => ({ ...rest, siteId: site_id }));
}

const PLAN = `
  WITH span AS MATERIALIZED (
    SELECT b.id, b.site_id, b.class, b.day, b.carried, d.today,
      (SELECT min(s.due_day) FROM life_share s WHERE s.bucket_id = b.id) AS first_due,
      (SELECT max(s.due_day) FROM life_share s WHERE s.bucket_id = b.id) AS last_due,
      EXISTS (
        SELECT FROM hold h WHERE NOT h.sentinel AND h.released_at IS NULL
          AND (h.site_id IS NULL OR h.site_id = b.site_id) AND (h.classes IS NULL OR b.class = ANY (h.classes))) AS may_be_held
    FROM bucket b JOIN unnest($1::uuid[], $2::date[]) AS d (site_id, today) ON d.site_id = b.site_id
  ), judged AS (
    SELECT id, site_id, class, day, CASE
      WHEN last_due IS NULL THEN CASE WHEN day <= today OR carried IS NOT NULL THEN 'clean' END
      WHEN last_due <= today AND NOT (may_be_held AND EXISTS (
        SELECT FROM life_share s WHERE s.bucket_id = span.id AND ${heldSql('s')})) THEN 'clean'
      WHEN carried IS NOT NULL THEN 'mixed'
      WHEN first_due <= today AND (NOT may_be_held OR EXISTS (
        SELECT FROM life_share s WHERE s.bucket_id = span.id AND s.due_day <= span.today AND NOT ${heldSql('s')})) THEN 'mixed'
      WHEN day <= today AND last_due > today THEN 'mixed'
    END AS kind FROM span
  )
  SELECT id, site_id, class, day, kind FROM judged WHERE kind IS NOT NULL ORDER BY day, site_id, class`;
