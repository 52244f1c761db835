import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { seasonEndFor } from '../retention/due-days.js';
import { policySchedule, scheduledDays } from '../retention/policy-schedule.js';
import { factsOf, type IntakeRow } from './intake-row.js';
import { siteRules } from './site-rules.js';

/** The day of destruction of each class by the policy's own arithmetic, whatever the key store says. */
export async function expectedDays(tx: RecordsTx, row: IntakeRow): Promise<ReadonlyMap<RetentionClass, Day>> {
  const site = await siteRules(tx, row.site_id);
  return scheduledDays(await policySchedule(tx), factsOf(row), seasonEndFor(site, row.filing_year));
}
