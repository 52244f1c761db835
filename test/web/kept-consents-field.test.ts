import { describe, expect, it } from '@jest/globals';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { isCarriedOver, periodValues, policyTyped } from '../../src/web/form/policy-periods.js';

describe('the field that keeps consents', () => {
  it('puts their expiry in the place of the season’s end, and takes it away again', () => {
    const { consents } = DEFAULT_POLICY.classes;
    const typed = policyTyped({ ...periodValues(DEFAULT_POLICY), 'consents.expiry': '1096' }, DEFAULT_POLICY);
    expect(typed).toEqual({ ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, consents: { ...consents, rules: [{ trigger: 'consent-expiry', days: 1096 }] } } });
    expect(periodValues(typed)['consents.expiry']).toBe('1096');
    expect(policyTyped({ ...periodValues(typed), 'consents.expiry': ' ' }, typed)).toEqual(DEFAULT_POLICY);
  });

  it('is there where the rules say what becomes of an intake without consents, and nowhere else', () => {
    const { consents, identity } = DEFAULT_POLICY.classes;
    const ending = { rules: consents.rules };
    expect([isCarriedOver('consents', consents), isCarriedOver('consents', ending), isCarriedOver('identity', identity), isCarriedOver('notes', consents)]).toEqual([false, true, false, true]);
    const without = { ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, consents: ending } };
    expect(periodValues(without)).not.toHaveProperty('consents.expiry');
    expect(policyTyped(periodValues(without), without)).toEqual(without);
  });
});
