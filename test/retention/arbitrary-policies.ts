import fc from 'fast-check';
import type { IntakeFacts } from '../../src/audit/intake-facts.js';
import { CLASSES_FROM_THE_START } from '../../src/catalogue/retention-class.js';
import { addDays, day } from '../../src/platform/clock.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { checkLimits } from '../../src/retention/policy-limits.js';
import { parsePolicy, PolicyInvalid, type ClassPolicy, type Policy, type Rule } from '../../src/retention/policy.js';

export const FIRST = day('2027-01-01');

const days = fc.integer({ min: 1, max: 90 });
const PERIODS = ['done', 'prepared', 'untouched', 'accepted'] as const;
/** Rules that hold together: "untouched" with an end that takes over; the season end, where there is none else, too. */
const rules: fc.Arbitrary<readonly Rule[]> = fc.tuple(fc.tuple(...PERIODS.map(() => fc.option(days))), fc.boolean()).map(([periods, withEnd]) => {
  const all = PERIODS.flatMap((trigger, i): readonly Rule[] => (periods[i] == null ? [] : [{ trigger, days: periods[i] }]));
  const whole = all.some(({ trigger }) => trigger === 'done' || trigger === 'prepared') ? all : all.filter(({ trigger }) => trigger !== 'untouched');
  return withEnd || whole.length === 0 ? [...whole, { trigger: 'season-end', days: 0 }] : whole;
});
const cap = fc.option(fc.integer({ min: 1, max: 200 })).map((n) => (n === null ? {} : { cap: n }));
const ofClass: fc.Arbitrary<ClassPolicy> = fc.tuple(rules, cap).map(([own, most]) => ({ rules: own, ...most }));
/** Some are kept past the season once they were given. */
const ofConsents: fc.Arbitrary<ClassPolicy> = fc.tuple(ofClass, fc.option(rules), fc.option(fc.nat(1096))).map(([own, none, expiry]) => {
  if (!none) return own;
  if (expiry === null) return { ...own, whileNoneGiven: none };
  return { ...own, rules: [...own.rules.filter(({ trigger }) => trigger !== 'season-end'), { trigger: 'consent-expiry', days: expiry }], whileNoneGiven: none };
});

/** Any document that holds together and is within the limits. */
export const policy: fc.Arbitrary<Policy> = fc
  .tuple(ofClass, ofConsents, fc.option(fc.integer({ min: 3, max: 6 })), fc.integer({ min: 24, max: 26 }), fc.integer({ min: 6, max: 8 }))
  .map(([one, consents, years, entriesMonths, certificatesYears]) => ({
    ...DEFAULT_POLICY,
    classes: { ...(Object.fromEntries(CLASSES_FROM_THE_START.map((name) => [name, one])) as Policy['classes']), consents },
    ...(years !== null && { preparerList: { years } }),
    log: { entriesMonths, certificatesYears },
  }));

/** Two that differ in one class alone. */
export const similar: fc.Arbitrary<readonly [Policy, Policy]> = fc
  .tuple(policy, policy, fc.constantFrom('identity', 'consents'))
  .map(([one, two, name]) => [one, { ...one, classes: { ...one.classes, [name]: two.classes[name] } }] as const);

/** What an intake may have come to, by its stages. */
export const facts: fc.Arbitrary<IntakeFacts> = fc
  .record({
    ...{ created: fc.nat(100), stage: fc.constantFrom('open', 'prepared', 'filed', 'accepted', 'rejected', 'done', 'withdrawn'), wasPrepared: fc.boolean() },
    ...{ gaps: fc.tuple(fc.nat(20), fc.nat(20)), listed: fc.boolean(), consents: fc.constantFrom('none', 'given', 'named') },
  })
  .map(({ created, stage, wasPrepared, gaps: [one, two], listed, consents }) => {
    const createdDay = addDays(FIRST, created);
    const prepared = addDays(createdDay, one);
    const last = addDays(prepared, two);
    return {
      ...{ taxYear: 2026, filingYear: 2027, createdDay, touchedDay: last, stage, listedDay: listed ? prepared : null, erasedDay: null },
      ...{ consentsGiven: consents !== 'none', consentsNamed: consents === 'named' },
      preparedDay: stage === 'open' || (stage === 'withdrawn' && !wasPrepared) ? null : prepared,
      acceptedDay: stage === 'accepted' ? last : null,
      doneDay: stage === 'done' || stage === 'withdrawn' ? last : null,
    };
  });

export function isValid(document: Policy): boolean {
  try {
    checkLimits(parsePolicy(document));
    return true;
  } catch (error) {
    if (error instanceof PolicyInvalid) return false;
    throw error;
  }
}
