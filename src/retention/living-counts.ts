import { CLASSES_FROM_THE_START, type RetentionClass } from '../catalogue/retention-class.js';
import { addDays, type Day } from '../platform/clock.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import type { KeyStore } from '../vault/key-store.js';
import type { LivingOn } from './foresee.js';
import type { SiteDay } from './plan-run.js';

/** How long the counts are kept: a season and the one before it. */
const KEPT_DAYS = 800;

/** Notes of how many intakes each class still opens, at the end of a run; of the preparer's list only where there is one. Another run of the same day counts again. */
export async function noteLivingCounts(records: RecordsDatabase, { database }: KeyStore, days: readonly SiteDay[]): Promise<void> {
  const counts = await database.query<{ site_id: string; class: RetentionClass; intakes: number }>(
    `SELECT b.site_id, b.class, count(*)::integer AS intakes FROM bucket b JOIN life_share s ON s.bucket_id = b.id GROUP BY b.site_id, b.class`,
  );
  await records.acrossSites(async (tx) => {
    for (const { siteId, today } of days) {
      const none = CLASSES_FROM_THE_START.map((name): [RetentionClass, number] => [name, 0]);
      const ofSite = new Map([...none, ...counts.filter(({ site_id }) => site_id === siteId).map((row): [RetentionClass, number] => [row.class, row.intakes])]);
      await tx.query('DELETE FROM living_count WHERE site_id = $1 AND (day = $2 OR day < $3)', [siteId, today, addDays(today, -KEPT_DAYS)]);
      await tx.query(
        `INSERT INTO living_count (site_id, day, class, intakes) SELECT $1, $2, n.class, n.intakes FROM unnest($3::text[], $4::integer[]) AS n (class, intakes)`,
        [siteId, today, [...ofSite.keys()], [...ofSite.values()]],
      );
    }
  });
}

/** The counts of a site's past runs, oldest first. A day without a run has none. */
export async function readLivingCounts(records: RecordsDatabase, siteId: string, first: Day): Promise<readonly LivingOn[]> {
  return records.inSite(siteId, (tx) =>
    tx.query<LivingOn>(
      `SELECT day, jsonb_object_agg(class, intakes) AS classes FROM living_count WHERE site_id = $1 AND day >= $2 GROUP BY day ORDER BY day`,
      [siteId, first],
    ),
  );
}
