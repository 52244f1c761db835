import type { LoggedPolicy } from '../../audit/logged-rules.js';
import type { Policy } from '../policy.js';

/** The document as an entry holds it. */
export function policyForLog(policy: Policy): LoggedPolicy {
  return { ...policy };
}
