import { SEASON_ENDS, type SeasonEnds } from '../access/season-end.js';
import type { FormerTimeZone, SiteZones } from '../access/site-day.js';
import type { Regime } from '../access/site.js';
import type { CollectedClasses } from '../catalogue/retention-class.js';
import type { RecordsTx } from '../platform/records-tx.js';

/** What a site has decided about its intakes. */
export interface SiteRules extends SiteZones, SeasonEnds {
  readonly regime: Regime;
  readonly collect: CollectedClasses;
}

export interface SiteRulesRow extends SeasonEnds {
  readonly time_zone: string;
  readonly former_time_zones: readonly FormerTimeZone[];
  readonly regime: Regime;
  readonly collect_credentials: boolean;
  readonly collect_documents: boolean;
  readonly collect_notes: boolean;
}

/** SQL: the columns of a `SiteRulesRow`, of the site `s`. */
export const SITE_RULES = `s.time_zone, s.former_time_zones, ${SEASON_ENDS}, s.regime, s.collect_credentials, s.collect_documents, s.collect_notes`;

export async function siteRules(tx: RecordsTx, siteId: string): Promise<SiteRules> {
  const [row] = await tx.query<SiteRulesRow>(`SELECT ${SITE_RULES} FROM site s WHERE s.id = $1`, [siteId]);
  if (!row) throw new Error('a member of a site that does not exist');
  return siteRulesIn(row);
}

export function siteRulesIn(row: SiteRulesRow): SiteRules {
  return {
    timeZone: row.time_zone,
    formerTimeZones: row.former_time_zones,
    seasonEnd: row.seasonEnd,
    pastSeasonEnds: row.pastSeasonEnds,
    regime: row.regime,
    collect: { credentials: row.collect_credentials, documents: row.collect_documents, notes: row.collect_notes },
  };
}
