import { noteRulesChanged } from '../../access/site-rules-logged.js';
import type { AccessLog } from '../../audit/append-entry.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { policySchedule } from '../policy-schedule.js';
import { shortens } from '../shortens.js';
import { latestDay } from './latest-day.js';

/**
 * Takes back what is announced and would shorten anything, with all that was to follow it, because a legal hold has come: to be
 * proposed again when no hold is in force any more. What has come into force at any site stays: a run may have
 * gone by it.
 * The caller holds the lock of holds.
 * @returns whether there was any
 */
export async function withdrawAnnounced(tx: RecordsTx, log: AccessLog, holdId: string, now: Date): Promise<boolean> {
  const schedule = await policySchedule(tx);
  const today = await latestDay(tx, now);
  const first = schedule.findIndex((policy, i) => i > 0 && policy.effectiveDay > today && shortens(schedule[i - 1]!, policy));
  if (first < 0) return false;
  for (const { version } of schedule.slice(first)) {
    await tx.query('UPDATE retention_policy SET withdrawn_at = $2 WHERE version = $1', [version, now]);
    await log.append(tx, { kind: 'policy.withdrawn', actor: { system: 'holds' }, subject: {}, context: { version, hold: holdId } });
  }
  await noteRulesChanged(tx, now);
  return true;
}
