import type { Day } from '../../platform/clock.js';
import type { Policy } from '../policy.js';
import { shortens } from '../shortens.js';
import { daysToChoose } from './policy-proposal.js';
import type { PolicyNow } from './read-policy-now.js';

/**
 * Why a proposal cannot be approved as things stand: another version came in between, its day has come too near, or a legal hold is in
 * force. The first two are for good.
 */
export type PublicationObstacle = 'superseded' | 'too-near' | 'locked';

/** For pages, which say so before somebody tries; whoever approves is judged anew (`PolicyPublication`). Pure. */
export function publicationObstacle(policy: Policy, effectiveDay: Day, after: number, { newest, today, locked }: PolicyNow): PublicationObstacle | undefined {
  if (newest.version !== after) return 'superseded';
  const isShorter = shortens(newest, policy);
  if (effectiveDay < daysToChoose(newest, isShorter, today).first) return 'too-near';
  return isShorter && locked ? 'locked' : undefined;
}
