import type { CollectedClasses } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';

/** What a site has decided about its intakes. */
export interface SiteRules {
  readonly time_zone: string;
  readonly season_end: Day | null;
  readonly collect: CollectedClasses;
}

export async function siteRules(tx: RecordsTx, siteId: string): Promise<SiteRules> {
  const [row] = await tx.query<{
    time_zone: string;
    season_end: Day | null;
    collect_credentials: boolean;
    collect_documents: boolean;
    collect_notes: boolean;
  }>('SELECT time_zone, season_end, collect_credentials, collect_documents, collect_notes FROM site WHERE id = $1', [siteId]);
  if (!row) throw new Error('a member of a site that does not exist');
  return {
    time_zone: row.time_zone,
    season_end: row.season_end,
    collect: { credentials: row.collect_credentials, documents: row.collect_documents, notes: row.collect_notes },
  };
}
