import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import { BUCKETS_WITH_HOLDS, heldInSql } from '../vault/hold-scope.js';
import type { KeyStore } from '../vault/key-store.js';

/** Of how many intakes a class is due on a day and still opens; among them those that a hold keeps. */
export interface LivingDay {
  readonly class: RetentionClass;
  readonly day: Day;
  readonly intakes: number;
  readonly held: number;
}

/**
 * Everything of a site that opens, by class and day of destruction: what any run to come would destroy, keep and hold
 * follows from it. One pass over the site's shares, whose answer has as many rows as there are days.
 */
export function readLivingDays({ database }: KeyStore, siteId: string): Promise<readonly LivingDay[]> {
  return database.query<LivingDay>(
    `SELECT s.class, s.due_day AS day, count(*)::integer AS intakes, count(*) FILTER (WHERE ${heldInSql('b', 's')})::integer AS held
     FROM ${BUCKETS_WITH_HOLDS} b JOIN life_share s ON s.bucket_id = b.id WHERE b.site_id = $1
     GROUP BY s.class, s.due_day ORDER BY s.due_day, s.class`,
    [siteId],
  );
}
