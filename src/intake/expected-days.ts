import { seasonEndFor } from '../access/season-end.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { policySchedule, scheduledDays } from '../retention/policy-schedule.js';
import { factsOf, type IntakeRow } from './intake-row.js';
import { siteRules } from './site-rules.js';

/** The day of destruction of each class by the policy's own arithmetic, whatever the key store says. */
export async function expectedDays(tx: RecordsTx, row: IntakeRow): Promise<ReadonlyMap<RetentionClass, Day>> {
  const site = await siteRules(tx, row.site_id);
  const facts = factsOf(row);
  return scheduledDays(await policySchedule(tx), facts, seasonEndFor(site, facts));
}
