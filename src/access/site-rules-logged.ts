import type { LoggedSiteRules } from '../audit/logged-rules.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { Site } from './site.js';

type Rules = Pick<Site, 'timeZone'> & Partial<Pick<Site, 'formerTimeZones' | 'seasonEnd' | 'pastSeasonEnds' | 'regime'>>;

/** What a site's days of destruction follow from, and whether it keeps lists, as its entries say it. */
export function rulesForLog({ timeZone, formerTimeZones = [], seasonEnd = null, pastSeasonEnds = [], regime }: Rules): LoggedSiteRules {
  const formers = formerTimeZones.length > 0 && { formerTimeZones };
  const ends = { ...(seasonEnd !== null && { seasonEnd }), ...(pastSeasonEnds.length > 0 && { pastSeasonEnds }) };
  return { timeZone, ...formers, ...ends, ...(regime === 'compensated' && { regime }) };
}

/** In the transaction that changes a rule: days of destruction have to follow it, and no run takes what differs meanwhile for tampering. */
export async function noteRulesChanged(tx: RecordsTx, at: Date): Promise<void> {
  await tx.query('INSERT INTO rules_changed (changed_at) VALUES ($1) ON CONFLICT ON CONSTRAINT rules_changed_pk DO UPDATE SET changed_at = excluded.changed_at', [at]);
}
