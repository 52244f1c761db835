import { expect, it } from '@jest/globals';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { checkLimits } from '../../src/retention/policy-limits.js';
import { PolicyInvalid, type Policy } from '../../src/retention/policy.js';
import { periodValues, policyTyped } from '../../src/web/form/policy-periods.js';

it('what is proposed after an early policy with two rules of one trigger has the shorter, whichever it is', () => {
  const { notes } = DEFAULT_POLICY.classes;
  const withNotes = (rules: typeof notes.rules): Policy => ({ ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, notes: { rules } } });
  const early = withNotes([{ trigger: 'done', days: 90 }, ...notes.rules, { trigger: 'done', days: 14 }]);
  expect(() => checkLimits(early)).toThrow(PolicyInvalid);
  expect(policyTyped(periodValues(early), early)).toEqual(DEFAULT_POLICY);
  const typed = policyTyped({ ...periodValues(early), 'notes.rules.0.done': '5' }, early);
  expect(typed).toEqual(withNotes([{ trigger: 'done', days: 5 }, ...notes.rules.slice(1)]));
  checkLimits(typed);
});
