import { noteRulesChanged } from '../../access/site-rules-logged.js';
import type { AccessLog } from '../../audit/append-entry.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { policySchedule } from '../policy-schedule.js';
import { policyDigest } from '../publish-first-policy.js';
import { latestDay } from './latest-day.js';
import { policyForLog } from './logged-policies.js';
import { withoutShortening, type PolicyInPlace } from './without-shortening.js';

/** Legal holds do it, and not two persons. */
const ACTOR = { system: 'holds' } as const;

/**
 * Takes back what is announced and would shorten anything, with all that was to follow it, because a legal hold has come; and publishes
 * in the same transaction what it leaves no shorter (`withoutShortening`). What was shorter is to be proposed again when no hold is in
 * force any more. What has come into force at any site stays: a run may have gone by it.
 * The caller holds the lock of holds.
 * @returns whether there was any
 */
export async function withdrawAnnounced(tx: RecordsTx, log: AccessLog, holdId: string, now: Date): Promise<boolean> {
  const { takenBack, inPlace } = withoutShortening(await policySchedule(tx), await latestDay(tx, now));
  if (takenBack.length === 0) return false;
  for (const { version } of takenBack) {
    await tx.query('UPDATE retention_policy SET withdrawn_at = $2 WHERE version = $1', [version, now]);
    await log.append(tx, { kind: 'policy.withdrawn', actor: ACTOR, subject: {}, context: { version, hold: holdId } });
  }
  for (const one of inPlace) await publish(tx, log, one, holdId, now);
  await noteRulesChanged(tx, now);
  return true;
}

async function publish(tx: RecordsTx, log: AccessLog, { policy, effectiveDay, inPlaceOf }: PolicyInPlace, holdId: string, now: Date): Promise<void> {
  const [{ version }] = (await tx.query(
    `INSERT INTO retention_policy (version, effective_day, published_at, document, in_place_of)
     SELECT max(version) + 1, $1, $2, $3, $4 FROM retention_policy RETURNING version`,
    [effectiveDay, now, JSON.stringify(policy), inPlaceOf],
  )) as [{ version: number }];
  const context = { version, day: effectiveDay, digest: policyDigest(policy), policy: policyForLog(policy), hold: holdId };
  await log.append(tx, { kind: 'policy.approved', actor: ACTOR, subject: {}, context });
}
