import { PREPARER_LIST, type RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import type { KeyStore } from '../vault/key-store.js';
import { filingYearFor, yearOf } from '../access/season-end.js';
import type { SiteDay } from './plan-run.js';

/**
 * Removes what a past filing year leaves behind at a site: its tombstones, what the
 * receipts of early erasures say, and its lookup keys. An erasure that a hold still keeps from its end stays, and one of an intake of which a
 * preparer's list is left; a lookup key stays while anything that it can find is alive, which after the year's end only a hold can bring about.
 */
export async function closePastYears(records: RecordsDatabase, keyStore: KeyStore, days: readonly SiteDay[]): Promise<void> {
  await records.acrossSites(async (tx) => {
    for (const { siteId, today } of days) {
      const year = yearOf(today);
      await tx.query('DELETE FROM tombstone WHERE site_id = $1 AND day < make_date($2, 1, 1)', [siteId, year]);
      await tx.query('DELETE FROM erasure e WHERE site_id = $1 AND day < make_date($2, 1, 1) AND run_id IS NOT NULL AND NOT EXISTS (SELECT FROM intake i WHERE i.id = e.intake_id)', [siteId, year]);
      const past = await tx.query('SELECT FROM lookup_key WHERE site_id = $1 AND filing_year < $2 LIMIT 1', [siteId, year]);
      if (past.length === 0) continue; // without a look at everything that lives
      const kept = await livingYears(keyStore, siteId);
      await tx.query('DELETE FROM lookup_key WHERE site_id = $1 AND filing_year < $2 AND filing_year <> ALL ($3::integer[])', [siteId, year, kept]);
    }
  });
}

/** Of consents nothing is found, and like the list they may outlive the year. */
const NOT_FOUND: readonly RetentionClass[] = ['consents', PREPARER_LIST];

/** The filing years of everything of a site that lives and can be found. */
async function livingYears({ database }: KeyStore, siteId: string): Promise<readonly number[]> {
  const created = await database.query<{ created_day: Day }>(
    'SELECT DISTINCT s.created_day FROM life_share s JOIN bucket b ON b.id = s.bucket_id WHERE s.site_id = $1 AND s.class <> ALL ($2::text[])',
    [siteId, NOT_FOUND],
  );
  return [...new Set(created.map(({ created_day }) => filingYearFor(created_day)))];
}
