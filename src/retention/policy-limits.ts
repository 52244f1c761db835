import { CLASSES_FROM_THE_START, type ClassFromTheStart } from '../catalogue/retention-class.js';
import { outlivesSeason } from './due-days.js';
import { listYears, PolicyInvalid, type ClassPolicy, type Policy, type Rule, type Trigger } from './policy.js';

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
 * which is why the two years are no limit to them; six at most, and no State is known to ask for more. Consents: the three years after their use for which the
 * IRS recommends that they be kept, in place of the two. The log: what shows that this policy was kept has to outlive the year it is about.
 */
export const POLICY_LIMITS = {
  days: { least: 1, most: 730, citation: '16 CFR 314.4(c)(6)' },
  consentDays: { least: 0, most: 1096, citation: 'IRS Publication 4299' },
  listYears: { least: 3, most: 6, citation: 'IRC 6107(b)' },
  entriesMonths: { least: 24, most: 120 },
  certificatesYears: { least: 6, most: 10 },
} as const satisfies Record<string, PolicyLimit>;

/** Nothing is kept past the season end by this rule: a period that counted on from it would promise what does not happen. */
const AT_SEASON_END: PolicyLimit = { least: 0, most: 0 };

/** @throws PolicyInvalid naming the place */
export function checkLimits(policy: Policy): void {
  for (const name of CLASSES_FROM_THE_START) {
    const { rules, whileNoneGiven = [], cap } = policy.classes[name];
    eachOnce(rules, `policy.classes.${name}.rules`);
    eachOnce(whileNoneGiven, `policy.classes.${name}.whileNoneGiven`);
    for (const { trigger, days } of [...rules, ...whileNoneGiven]) within(days, limitOf(trigger), `policy.classes.${name}`);
    checkOutliving(name, policy.classes[name]);
    if (cap !== undefined) within(cap, POLICY_LIMITS.days, `policy.classes.${name}`);
  }
  within(listYears(policy), POLICY_LIMITS.listYears, 'policy.preparerList');
  within(policy.log.entriesMonths, POLICY_LIMITS.entriesMonths, 'policy.log');
  within(policy.log.certificatesYears, POLICY_LIMITS.certificatesYears, 'policy.log');
}

/** Of two with one trigger only the shorter would count: whoever signs reads no rule that says nothing, and no more than there are triggers. */
function eachOnce(rules: readonly Rule[], at: string): void {
  if (new Set(rules.map(({ trigger }) => trigger)).size < rules.length) throw new PolicyInvalid(`${at}: a trigger stands twice`);
}

function limitOf(trigger: Trigger): PolicyLimit {
  if (trigger === 'season-end') return AT_SEASON_END;
  return trigger === 'consent-expiry' ? POLICY_LIMITS.consentDays : POLICY_LIMITS.days;
}

/** What outlives the season are consents that were given, and nothing else. */
function checkOutliving(name: ClassFromTheStart, { rules, whileNoneGiven }: ClassPolicy): void {
  if (whileNoneGiven && outlivesSeason(whileNoneGiven)) throw new PolicyInvalid(`policy.classes.${name}: no consent expires while none was given`);
  if (!outlivesSeason(rules)) return;
  if (name !== 'consents') throw new PolicyInvalid(`policy.classes.${name}: only consents are kept by consent-expiry`);
  if (!whileNoneGiven) throw new PolicyInvalid('policy.classes.consents: whileNoneGiven has to say when what holds no consent goes');
  if (rules.some(({ trigger }) => trigger === 'season-end')) throw new PolicyInvalid('policy.classes.consents: season-end or consent-expiry, not both');
}

function within(value: number, { least, most }: PolicyLimit, at: string): void {
  if (value < least || value > most) throw new PolicyInvalid(`${at}: ${least} to ${most}`);
}
