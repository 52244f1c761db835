import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, day } from '../../src/platform/clock.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { approvableUntil } from '../../src/retention/policies/approvable-until.js';
import { latestIn } from '../../src/retention/policies/latest-day.js';
import { checkProposal } from '../../src/retention/policies/policy-proposal.js';

const ZONES = ['America/New_York', 'America/Adak', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/Puerto_Rico'];
const NEWEST = { ...DEFAULT_POLICY, version: 1, effectiveDay: day('2026-01-01') };
const { identity } = DEFAULT_POLICY.classes;
const POLICIES = [
  { isShorter: true, document: { ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, identity: { ...identity, cap: 60 } } } },
  { isShorter: false, document: DEFAULT_POLICY },
];

describe('the last moment at which a proposal can be approved', () => {
  it('is the one after which its day is refused, at whatever sites there are and whatever their clocks do', () => {
    fc.assert(
      fc.property(fc.constantFrom(...POLICIES), fc.subarray(ZONES), fc.integer({ min: 40, max: 390 }), ({ isShorter, document }, zones, days) => {
        const effectiveDay = addDays(day('2027-01-01'), days);
        const asked = ['UTC', ...zones] as const;
        const moment = approvableUntil(effectiveDay, isShorter, asked).getTime();
        const judged = (at: number) => () => checkProposal(document, effectiveDay, NEWEST, latestIn(asked, new Date(at))).shortens;
        expect(judged(moment - 2000)()).toBe(isShorter);
        expect(judged(moment)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
      }),
    );
  });
});
