import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RETENTION_CLASSES } from '../../src/catalogue/retention-class.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { comparePolicies } from '../../src/retention/policies/compare-policies.js';
import { TRIGGERS, type ClassPolicy, type Policy, type Rule } from '../../src/retention/policy.js';
import { shortens } from '../../src/retention/shortens.js';

const rules: fc.Arbitrary<readonly Rule[]> = fc.array(fc.record({ trigger: fc.constantFrom(...TRIGGERS), days: fc.integer({ min: 1, max: 4 }) }), { minLength: 1, maxLength: 3 });
const ofClass: fc.Arbitrary<ClassPolicy> = fc
  .record({ rules, whileNoneGiven: fc.option(rules), cap: fc.option(fc.integer({ min: 1, max: 3 })) })
  .map(({ rules: own, whileNoneGiven, cap }) => ({ rules: own, ...(whileNoneGiven && { whileNoneGiven }), ...(cap !== null && { cap }) }));
const policy: fc.Arbitrary<Policy> = fc
  .record({ one: ofClass, entriesMonths: fc.integer({ min: 24, max: 26 }), certificatesYears: fc.integer({ min: 6, max: 7 }), years: fc.option(fc.integer({ min: 3, max: 5 })) })
  .map(({ one, years, ...log }) => ({ format: 1, classes: { ...DEFAULT_POLICY.classes, consents: one }, ...(years !== null && { preparerList: { years } }), log }));

describe('two policies, compared', () => {
  it('show something shorter exactly where the one shortens the other', () => {
    fc.assert(
      fc.property(policy, policy, (before, after) => {
        expect(comparePolicies(before, after).some(({ change }) => change === 'shorter')).toBe(shortens(before, after));
      }),
    );
  });

  it('show every period there is, and no change where there is none', () => {
    const periods = comparePolicies(DEFAULT_POLICY, DEFAULT_POLICY);
    expect(periods.every(({ change, before, after }) => change === 'same' && before === after)).toBe(true);
    expect([...new Set(periods.map(({ of }) => of))]).toEqual([...RETENTION_CLASSES, 'log']);
    expect(periods.filter(({ of }) => of === 'consents').map(({ period, whileNoneGiven, after }) => [period, whileNoneGiven, after])).toEqual([
      ['season-end', false, 0],
      ['done', true, 30],
      ['untouched', true, 30],
    ]);
  });

  it('name what was added and what was taken away', () => {
    const notes: ClassPolicy = { rules: [{ trigger: 'done', days: 14 }, { trigger: 'accepted', days: 9 }], cap: 90 };
    const after = { ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, notes } };
    const changed = comparePolicies(DEFAULT_POLICY, after).filter(({ change }) => change !== 'same');
    expect(changed).toEqual([
      { of: 'notes', period: 'untouched', waitsFor: 'done', whileNoneGiven: false, before: 14, after: undefined, change: 'longer' },
      { of: 'notes', period: 'accepted', whileNoneGiven: false, before: undefined, after: 9, change: 'shorter' },
      { of: 'notes', period: 'cap', whileNoneGiven: false, before: undefined, after: 90, change: 'shorter' },
    ]);
  });
});
