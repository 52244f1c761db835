import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IntakeFacts } from '../../src/audit/intake-facts.js';
import { CLASSES_FROM_THE_START } from '../../src/catalogue/retention-class.js';
import { addDays, day, type Day } from '../../src/platform/clock.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { dueDays } from '../../src/retention/due-days.js';
import { dueReason } from '../../src/retention/due-reasons.js';
import { comparePolicies } from '../../src/retention/policies/compare-policies.js';
import type { ClassPolicy, Policy } from '../../src/retention/policy.js';
import { checkLimits } from '../../src/retention/policy-limits.js';
import { shortens } from '../../src/retention/shortens.js';

const CONSENTS = DEFAULT_POLICY.classes.consents;
const withConsents = (consents: ClassPolicy): Policy => ({ ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, consents } });
const keptFor = (days: number): Policy => withConsents({ ...CONSENTS, rules: [{ trigger: 'consent-expiry', days }] });

describe('consents that are kept', () => {
  it('live so long after 31 December of the next year, and nothing else lives longer or shorter for it', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 0, max: 1096 }), fc.nat(364), (of, days, gap) => {
        const seasonEnd = addDays(day('2027-01-01'), gap);
        const [usual, is] = [dueDays(DEFAULT_POLICY, of, seasonEnd), dueDays(keptFor(days), of, seasonEnd)];
        for (const name of CLASSES_FROM_THE_START.filter((one) => one !== 'consents')) expect(is.get(name)).toBe(usual.get(name));
        const kept = addDays(day('2028-12-31'), days);
        const erased = of.erasedDay !== null && of.erasedDay < kept ? of.erasedDay : kept;
        expect(is.get('consents')).toBe(of.consentsGiven && of.consentsNamed ? erased : usual.get('consents'));
      }),
      { numRuns: 500 },
    );
  });

  it('say why', () => {
    const named = { ...FRESH, consentsGiven: true, consentsNamed: true };
    const expected = { rule: 'consent-expiry', from: '2028-12-31', days: 1096, day: '2032-01-01' };
    expect(dueReason([{ ...keptFor(1096), version: 1, effectiveDay: FRESH.createdDay }], 'consents', named, day('2027-10-15'))).toEqual(expected);
  });

  it('live longer by such a policy, and shorter when it goes', () => {
    const changes = (before: Policy, after: Policy) => comparePolicies(before, after).flatMap(({ period, change }) => (change === 'same' ? [] : [`${period} ${change}`]));
    expect(shortens(DEFAULT_POLICY, keptFor(0))).toBe(false);
    expect(changes(DEFAULT_POLICY, keptFor(0))).toEqual(['consent-expiry longer']);
    expect(shortens(keptFor(0), DEFAULT_POLICY)).toBe(true);
    expect(changes(keptFor(0), DEFAULT_POLICY)).toEqual(['consent-expiry shorter']);
    expect([shortens(keptFor(10), keptFor(11)), shortens(keptFor(11), keptFor(10))]).toEqual([false, true]);
  });

  it.each<[string, Policy, string]>([
    ['longer than three years', keptFor(1097), 'policy.classes.consents: 0 to 1096'],
    ['while none was given', withConsents({ ...CONSENTS, whileNoneGiven: [{ trigger: 'consent-expiry', days: 1 }] }), 'no consent expires while none was given'],
    ['without a day for those who gave none', withConsents({ rules: [{ trigger: 'consent-expiry', days: 1 }] }), 'whileNoneGiven has to say'],
    ['to the season end at once', withConsents({ ...CONSENTS, rules: [{ trigger: 'consent-expiry', days: 1 }, { trigger: 'season-end', days: 0 }] }), 'not both'],
    ['in the place of something else', { ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, identity: { ...CONSENTS, rules: [{ trigger: 'consent-expiry', days: 1 }] } } }, 'only consents'],
  ])('are not kept %s', (_what, policy, why) => {
    expect(() => checkLimits(policy)).toThrow(why);
  });
});

const FRESH: IntakeFacts = {
  ...{ taxYear: 2026, filingYear: 2027, createdDay: day('2027-02-10'), touchedDay: day('2027-02-10'), stage: 'open' },
  ...{ preparedDay: null, acceptedDay: null, doneDay: null, listedDay: null, erasedDay: null, consentsGiven: false, consentsNamed: false },
};
const dayOfYear = fc.nat(364).map((days): Day => addDays(day('2027-01-01'), days));
const facts = fc
  .record({ stage: fc.constantFrom('open', 'prepared', 'done'), createdDay: dayOfYear, touchedDay: dayOfYear, end: dayOfYear, erasedDay: fc.option(dayOfYear), consentsGiven: fc.boolean(), consentsNamed: fc.boolean() })
  .map(({ end, ...rest }): IntakeFacts => ({ ...FRESH, ...rest, ...(rest.stage === 'open' ? {} : { preparedDay: end }), ...(rest.stage === 'done' ? { doneDay: end } : {}) }));
