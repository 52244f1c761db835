import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IntakeFacts } from '../../src/audit/intake-facts.js';
import { CLASSES_FROM_THE_START, PREPARER_LIST, type RetentionClass } from '../../src/catalogue/retention-class.js';
import { addDays, day, type Day } from '../../src/platform/clock.js';
import { daysByLog } from '../../src/retention/days-by-log.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { dueDays, readableUntil } from '../../src/retention/due-days.js';
import { dueReason } from '../../src/retention/due-reasons.js';
import { checkLimits } from '../../src/retention/policy-limits.js';
import { listYears, parsePolicy, PolicyInvalid, type Policy } from '../../src/retention/policy.js';
import { shortens } from '../../src/retention/shortens.js';

const SEASON_END = day('2027-10-15');
const CREATED = day('2027-02-01');
const FACTS: IntakeFacts = {
  ...{ taxYear: 2026, filingYear: 2027, createdDay: CREATED, touchedDay: CREATED, stage: 'prepared', preparedDay: CREATED },
  ...{ acceptedDay: null, doneDay: null, listedDay: null, erasedDay: null, consentsGiven: false, consentsNamed: false },
};
const years = (of: number): Policy => ({ ...DEFAULT_POLICY, preparerList: { years: of } });
const dueOn = (listedDay: Day, policy: Policy = DEFAULT_POLICY, more: Partial<IntakeFacts> = {}) => dueDays(policy, { ...FACTS, listedDay, ...more }, SEASON_END).get(PREPARER_LIST)!;

describe('the day of a preparer’s list', () => {
  it.each([
    ['2027-02-01', '2030-06-30'],
    ['2027-06-30', '2030-06-30'],
    ['2027-07-01', '2031-06-30'],
    ['2027-12-31', '2031-06-30'],
    ['2028-01-01', '2031-06-30'],
  ])('of a return ready to be signed on %s: it can be read on %s, three years after the close of the return period, and no longer', (listed, last) => {
    expect(readableUntil(dueOn(day(listed)))).toBe(last);
  });

  it('is never within three years of the close of its return period, and the same whatever else happens', () => {
    const anyDay = fc.nat(4000).map((days) => addDays(day('2024-01-01'), days));
    fc.assert(
      fc.property(anyDay, fc.option(anyDay), fc.option(anyDay), anyDay, fc.integer({ min: 3, max: 6 }), (listed, erasedDay, doneDay, touchedDay, of) => {
        const due = dueOn(listed, years(of), { erasedDay, doneDay, touchedDay });
        expect(due).toBe(dueOn(listed, years(of)));
        const closes = [2024, 2025, 2026, 2027, 2028, 2029, 2030, 2031, 2032, 2033, 2034, 2035].map((year) => day(`${year}-06-30`)).find((end) => end >= listed)!;
        expect(due > `${Number(closes.slice(0, 4)) + 3}-06-30`).toBe(true);
      }),
    );
  });

  it('is none while no return is on it', () => {
    expect([...dueDays(DEFAULT_POLICY, FACTS, SEASON_END).keys()]).toEqual([...CLASSES_FROM_THE_START]);
  });

  it('says what gives it', () => {
    const facts = { ...FACTS, listedDay: CREATED };
    expect(dueReason([{ ...DEFAULT_POLICY, version: 1, effectiveDay: CREATED }], PREPARER_LIST, facts, SEASON_END)).toEqual({ rule: 'return-period', day: '2030-07-01' });
  });

  it('follows from the entry that sealed it and those after, and an erasure brings it no nearer', () => {
    const dueBy = (facts: IntakeFacts) => dueDays(DEFAULT_POLICY, facts, SEASON_END);
    const begun = new Set(CLASSES_FROM_THE_START);
    const listed = { ...FACTS, listedDay: CREATED };
    const all = new Set<RetentionClass>([...begun, PREPARER_LIST]);
    expect(daysByLog([{ facts: FACTS, sealed: begun }], dueBy).days.has(PREPARER_LIST)).toBe(false);
    const { days } = daysByLog([{ facts: FACTS, sealed: begun }, { facts: listed, sealed: all }, { facts: { ...listed, erasedDay: addDays(CREATED, 3) }, sealed: undefined }], dueBy);
    expect([days.get(PREPARER_LIST), days.get('identity')]).toEqual(['2030-07-01', addDays(CREATED, 3)]);
  });
});

describe('a policy', () => {
  it('keeps a list for the three years of IRC 6107(b) where it says nothing of it, and as long as it says otherwise', () => {
    expect([listYears(DEFAULT_POLICY), listYears(years(5))]).toEqual([3, 5]);
    expect(parsePolicy(JSON.parse(JSON.stringify(years(5))))).toEqual(years(5));
    expect(readableUntil(dueOn(CREATED, years(5)))).toBe('2032-06-30');
  });

  it.each([0, 2, 7])('of %d years is none', (of) => {
    expect(() => checkLimits(years(of))).toThrow(PolicyInvalid);
  });

  it.each([3, 6])('of %d years is one', (of) => {
    checkLimits(years(of));
  });

  it('gives a list no periods of other classes', () => {
    const classes = { ...DEFAULT_POLICY.classes, [PREPARER_LIST]: DEFAULT_POLICY.classes.contact };
    expect(() => parsePolicy({ ...DEFAULT_POLICY, classes })).toThrow(PolicyInvalid);
  });

  it('shortens where it takes a year off a list', () => {
    expect([shortens(years(5), years(4)), shortens(years(4), DEFAULT_POLICY), shortens(DEFAULT_POLICY, years(3)), shortens(DEFAULT_POLICY, years(4))]).toEqual([true, true, false, false]);
  });
});
