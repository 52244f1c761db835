import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import type { Policy } from '../../src/retention/policy.js';

/** The default policy, but consents that were given are kept for so many days after they have run out. */
export function keepingConsents(days: number): Policy {
  return { ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, consents: { ...DEFAULT_POLICY.classes.consents, rules: [{ trigger: 'consent-expiry', days }] } } };
}
