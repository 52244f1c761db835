import type { WatchRules } from '../audit/findings/finding.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { SeasonEnds } from './season-end.js';
import type { SiteZones } from './site-day.js';

/** Volunteers' sites of VITA and TCE are no tax return preparers (26 CFR 301.7701-15(f)); who prepares for compensation is one. */
export const REGIMES = ['vita_tce', 'compensated'] as const;
export type Regime = (typeof REGIMES)[number];

/** What a site has decided. Nothing in it is about a client. */
export interface Site extends WatchRules, SiteZones, SeasonEnds {
  readonly id: string;
  readonly name: string;
  readonly collectCredentials: boolean;
  readonly collectDocuments: boolean;
  readonly collectNotes: boolean;
  /** Whether its returns are prepared for compensation: then it keeps a preparer's list (IRC 6107(b)). */
  readonly regime: Regime;
}

/** Column of each setting that an administrator may change. */
export const SITE_COLUMNS = {
  name: 'name',
  timeZone: 'time_zone',
  collectCredentials: 'collect_credentials',
  collectDocuments: 'collect_documents',
  collectNotes: 'collect_notes',
  seasonEnd: 'season_end',
  regime: 'regime',
  opensAt: 'opens_at',
  closesAt: 'closes_at',
  openDays: 'open_days',
  manyIntakes: 'many_intakes',
  readsWithoutChange: 'reads_without_change',
  failedSignIns: 'failed_sign_ins',
  refusedAttempts: 'refused_attempts',
} as const satisfies Partial<Record<keyof Site, string>>;

export type SiteSetting = keyof typeof SITE_COLUMNS;

/** Settings that are to change; absent stays as it is. `seasonEnd: null` is 31 December. */
export type SiteChange = { readonly [S in SiteSetting]?: (S extends 'seasonEnd' ? string | null : Site[S]) | undefined };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text could be a site's id at all. */
export function isSiteId(text: string): boolean {
  return UUID.test(text);
}

export async function readSite(tx: RecordsTx, siteId: string): Promise<Site> {
  const columns = Object.entries(SITE_COLUMNS).map(([setting, column]) => `${column} AS "${setting}"`);
  const derived = 'former_time_zones AS "formerTimeZones", past_season_ends AS "pastSeasonEnds"';
  const [site] = await tx.query<Site>(`SELECT id, ${derived}, ${columns.join(', ')} FROM site WHERE id = $1`, [siteId]);
  if (!site) throw new Error('a member of a site that does not exist');
  return site;
}
