import type { FormerTimeZone, SiteZones } from '../access/site-day.js';
import type { Regime } from '../access/site.js';
import type { CollectedClasses } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';

/** What a site has decided about its intakes. */
export interface SiteRules extends SiteZones {
  readonly season_end: Day | null;
  readonly regime: Regime;
  readonly collect: CollectedClasses;
}

export interface SiteRulesRow {
  readonly time_zone: string;
  readonly former_time_zones: readonly FormerTimeZone[];
  readonly season_end: Day | null;
  readonly regime: Regime;
  readonly collect_credentials: boolean;
  readonly collect_documents: boolean;
  readonly collect_notes: boolean;
}

/** SQL: the columns of a `SiteRulesRow`, of the site `s`. */
export const SITE_RULES = 's.time_zone, s.former_time_zones, s.season_end, s.regime, s.collect_credentials, s.collect_documents, s.collect_notes';

export async function siteRules(tx: RecordsTx, siteId: string): Promise<SiteRules> {
  const [row] = await tx.query<SiteRulesRow>(`SELECT ${SITE_RULES} FROM site s WHERE s.id = $1`, [siteId]);
  if (!row) throw new Error('a member of a site that does not exist');
  return siteRulesIn(row);
}

export function siteRulesIn(row: SiteRulesRow): SiteRules {
  return {
    timeZone: row.time_zone,
    formerTimeZones: row.former_time_zones,
    season_end: row.season_end,
    regime: row.regime,
    collect: { credentials: row.collect_credentials, documents: row.collect_documents, notes: row.collect_notes },
  };
}
