import { SEASON_ENDS, seasonEndFor, type SeasonEnds } from '../access/season-end.js';
import type { IntakeFacts } from '../audit/intake-facts.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { PolicyRow } from '../retention/policy.js';
import { POLICIES_SQL, scheduledDays, scheduleIn } from '../retention/policy-schedule.js';
import { factsOf, type IntakeRow } from './intake-row.js';

/** The day of destruction of each class by the policy's own arithmetic, whatever the key store says. */
export function expectedDays(tx: RecordsTx, row: IntakeRow): Promise<ReadonlyMap<RetentionClass, Day>> {
  return daysByRules(tx, row.site_id, factsOf(row));
}

/** The same of an intake whose row need not be there yet, by the rules of this moment. */
export async function daysByRules(tx: RecordsTx, siteId: string, facts: IntakeFacts): Promise<ReadonlyMap<RetentionClass, Day>> {
  const [site] = await tx.query<SeasonEnds & { readonly policies: readonly PolicyRow[] | null }>(
    `SELECT ${SEASON_ENDS}, ${POLICIES_SQL} AS policies FROM site s WHERE s.id = $1`,
    [siteId],
  );
  if (!site) throw new Error('an intake of a site that does not exist');
  return scheduledDays(scheduleIn(site.policies), facts, seasonEndFor(site, facts));
}
