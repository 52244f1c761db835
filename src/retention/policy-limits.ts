import { CLASSES_FROM_THE_START } from '../catalogue/retention-class.js';
import { listYears, PolicyInvalid, type Policy } from './policy.js';

/** A bound of a period, in its own unit, with what it rests on. */
export interface PolicyLimit {
  readonly least: number;
  readonly most: number;
  /** What it rests on, as a page cites it; where there is none it is this service's own. */
  readonly citation?: string;
}

/**
 * What no policy goes beyond. Client data: two years after it was last used at the latest (16 CFR 314.4(c)(6)); a day at least, or it
 * would be over before it was there. Compensated preparers' lists: three years after the close of the return period at least (IRC 6107(b)),
 * which is why the two years are no limit to them; six at most, and no State is known to ask for more. The log: what shows that this policy was
 * kept has to outlive the year it is about.
 */
export const POLICY_LIMITS = {
  days: { least: 1, most: 730, citation: '16 CFR 314.4(c)(6)' },
  listYears: { least: 3, most: 6, citation: 'IRC 6107(b)' },
  entriesMonths: { least: 24, most: 120 },
  certificatesYears: { least: 6, most: 10 },
} as const satisfies Record<string, PolicyLimit>;

/** Nothing is kept past the season end: a period that counted on from it would promise what does not happen. */
const AT_AN_END: readonly string[] = ['season-end', 'consent-expiry'];

/**
 * The day on which a consent runs out stands in its sealed section alone, so that no run can go by it: a policy that named it would
 * mean the season end and say something else.
 */
const NOT_FOLLOWED: readonly string[] = ['consent-expiry'];

/** @throws PolicyInvalid naming the place */
export function checkLimits(policy: Policy): void {
  for (const name of CLASSES_FROM_THE_START) {
    const { rules, whileNoneGiven = [], cap } = policy.classes[name];
    for (const { trigger, days } of [...rules, ...whileNoneGiven]) {
      if (NOT_FOLLOWED.includes(trigger)) throw new PolicyInvalid(`policy.classes.${name}: nothing is kept by ${trigger} yet, say season-end`);
      within(days, AT_AN_END.includes(trigger) ? { least: 0, most: 0 } : POLICY_LIMITS.days, `policy.classes.${name}`);
    }
    if (cap !== undefined) within(cap, POLICY_LIMITS.days, `policy.classes.${name}`);
  }
  within(listYears(policy), POLICY_LIMITS.listYears, 'policy.preparerList');
  within(policy.log.entriesMonths, POLICY_LIMITS.entriesMonths, 'policy.log');
  within(policy.log.certificatesYears, POLICY_LIMITS.certificatesYears, 'policy.log');
}

function within(value: number, { least, most }: PolicyLimit, at: string): void {
  if (value < least || value > most) throw new PolicyInvalid(`${at}: ${least} to ${most}`);
}
