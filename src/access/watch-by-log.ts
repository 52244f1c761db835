import type { WatchRules } from '../audit/findings/finding.js';
import { partsOfSite, type WrittenParts } from '../audit/parts-of-site.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { readSite } from './site.js';
import { WATCH_DEFAULTS, WATCH_SETTINGS, type WatchSetting } from './watch-settings.js';

export type WatchRule = WatchSetting | 'timeZone';

export const WATCH_RULES: readonly WatchRule[] = [...WATCH_SETTINGS, 'timeZone'];

/** What a site takes for unusual, as its entries say, and of what of it the site's row says something else. */
export interface WatchByLog {
  readonly rules: WatchRules;
  /** All of them where an entry that set some is gone or is not what it was: then nobody knows which it was. */
  readonly differing: readonly WatchRule[];
}

/**
 * What is unusual is looked for by the log and not by the site's row: whoever can write to the database and raises a number there hides
 * nothing by it, and is told of.
 */
export async function watchByLog(tx: RecordsTx, siteId: string): Promise<WatchByLog> {
  const read = await compared(tx, siteId);
  if (read.differing.length === 0) return read;
  // A change that was written while this read it is no difference: under the row's lock there is none.
  await tx.query('SELECT FROM site WHERE id = $1 FOR SHARE', [siteId]);
  return compared(tx, siteId);
}

async function compared(tx: RecordsTx, siteId: string): Promise<WatchByLog> {
  const row = await readSite(tx, siteId);
  const [created, changed] = [await partsOfSite(tx, siteId, 'site.created'), await partsOfSite(tx, siteId, 'site.changed')];
  const entries = [...created, ...changed];
  const rules = watchIn(entries, row.timeZone);
  const isKnown = created.length > 0 && entries.every((parts) => parts !== undefined);
  return { rules, differing: WATCH_RULES.filter((rule) => !isKnown || rules[rule] !== row[rule]) };
}

/** What was set last of each, and what every site begins with where nothing was. */
function watchIn(entries: readonly (WrittenParts | undefined)[], otherwise: string): WatchRules {
  const counts = entries.map((parts) => parts?.context.counts ?? {});
  const set = Object.assign({}, ...counts) as Partial<Record<WatchSetting, number>>;
  const timeZone = entries.findLast((parts) => parts?.context.rules)?.context.rules?.timeZone ?? otherwise;
  return { ...WATCH_DEFAULTS, ...set, timeZone };
}
