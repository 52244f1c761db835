import { canonicalJson } from '../audit/canonical-json.js';
import type { LoggedSiteRules } from '../audit/logged-rules.js';
import { entriesOfKind } from '../audit/parts-of-site.js';
import { SEASON_ENDS } from '../access/season-end.js';
import { rulesForLog } from '../access/site-rules-logged.js';
import type { Site } from '../access/site.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { InputsChanged } from './inputs-changed.js';

const SITES = `SELECT s.id, s.time_zone AS "timeZone", s.former_time_zones AS "formerTimeZones", ${SEASON_ENDS}, s.regime FROM site s`;

/** Compares every site's season ends, time zones and regime with the last entry that set them. @throws InputsChanged naming the site */
export async function checkSites(tx: RecordsTx): Promise<void> {
  const logged = new Map<string | undefined, LoggedSiteRules | undefined>();
  for (const kind of ['site.created', 'site.changed'] as const) {
    for (const parts of await entriesOfKind(tx, kind)) {
      if (!parts) throw new InputsChanged('the log of a site');
      logged.set(parts.subject.site, parts.context.rules);
    }
  }
  for (const site of await tx.query<Pick<Site, 'id' | 'timeZone' | 'formerTimeZones' | 'seasonEnd' | 'pastSeasonEnds' | 'regime'>>(SITES)) {
    const rules = logged.get(site.id);
    if (!rules || canonicalJson(rules) !== canonicalJson(rulesForLog(site))) throw new InputsChanged(`site ${site.id}`);
  }
}
