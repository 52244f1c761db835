import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IntakeFacts } from '../../src/audit/intake-facts.js';
import { CLASSES_FROM_THE_START } from '../../src/catalogue/retention-class.js';
import { addDays, day, type Day } from '../../src/platform/clock.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { classesOf, dueDays, limitsOf } from '../../src/retention/due-days.js';
import { dueReason, reasonFor } from '../../src/retention/due-reasons.js';
import { TRIGGERS, type ClassPolicy, type Policy } from '../../src/retention/policy.js';

const CREATED = day('2027-02-10');
const SEASON_END = day('2027-10-15');
const PUBLISHED = { ...DEFAULT_POLICY, version: 1, effectiveDay: CREATED };
const FRESH: IntakeFacts = {
  ...{ taxYear: 2026, filingYear: 2027, createdDay: CREATED, touchedDay: CREATED, stage: 'open' },
  ...{ preparedDay: null, acceptedDay: null, doneDay: null, listedDay: null, erasedDay: null, consentsGiven: false, consentsNamed: false },
};

describe('the reason of a day', () => {
  it.each<[string, Partial<IntakeFacts>, object]>([
    ['untouched', {}, { rule: 'untouched', from: CREATED, days: 30, day: '2027-03-12' }],
    ['done', { stage: 'done', doneDay: day('2027-04-01') }, { rule: 'done', from: '2027-04-01', days: 30, day: '2027-05-01' }],
    ['the season end', { touchedDay: day('2027-10-01') }, { rule: 'season-end', day: SEASON_END }],
    ['the year end', { createdDay: day('2027-12-20'), touchedDay: day('2027-12-20') }, { rule: 'year-end', day: '2027-12-31' }],
    ['the client’s wish', { erasedDay: day('2027-02-12') }, { rule: 'erasure', day: '2027-02-12' }],
    ['the client’s wish, though a period ends that day too', { erasedDay: day('2027-03-12') }, { rule: 'erasure', day: '2027-03-12' }],
    ['a period, though the season ends that day too', { touchedDay: day('2027-09-15') }, { rule: 'untouched', from: '2027-09-15', days: 30, day: SEASON_END }],
  ])('is %s', (_what, facts, expected) => {
    expect(dueReason([PUBLISHED], 'identity', { ...FRESH, ...facts }, SEASON_END)).toEqual(expected);
  });

  it('is that numbers live three days after the return was prepared', () => {
    const facts = { ...FRESH, stage: 'prepared', preparedDay: day('2027-02-20'), touchedDay: day('2027-02-25') };
    expect(dueReason([PUBLISHED], 'credentials', facts, SEASON_END)).toEqual({ rule: 'prepared', from: '2027-02-20', days: 3, day: '2027-02-23' });
  });

  it('gives the very day that the arithmetic gives, under any policy', () => {
    fc.assert(
      fc.property(policies, lives, ({ policy }, { facts, seasonEnd }) => {
        const days = dueDays(policy, facts, seasonEnd);
        for (const name of classesOf(facts)) {
          const reason = dueReason([{ ...policy, version: 1, effectiveDay: CREATED }], name, facts, seasonEnd);
          expect(reason.day).toBe(days.get(name));
          if (reason.days !== undefined) expect(addDays(reason.from!, reason.days)).toBe(reason.day);
          for (const limit of limitsOf(policy, name, facts, seasonEnd)) expect(limit.day >= reason.day).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says so when another day is stored, and when there is no intake to ask', () => {
    const expected = dueReason([PUBLISHED], 'identity', FRESH, SEASON_END);
    expect(reasonFor(expected.day, expected)).toBe(expected);
    expect(reasonFor(day('2027-03-13'), expected)).toEqual({ rule: 'differs', day: '2027-03-13', expected });
    expect(reasonFor(day('2027-03-13'), undefined)).toEqual({ rule: 'unrecorded', day: '2027-03-13' });
  });
});

const rule = fc.record({ trigger: fc.constantFrom(...TRIGGERS), days: fc.nat(60) });
const rules = fc.array(rule, { minLength: 1, maxLength: 3 });
const classPolicy = fc.record<ClassPolicy>({ rules, whileNoneGiven: rules }, { requiredKeys: ['rules'] });
const policies = fc
  .tuple(...CLASSES_FROM_THE_START.map(() => classPolicy))
  .map((all) => ({ policy: { ...DEFAULT_POLICY, classes: Object.fromEntries(CLASSES_FROM_THE_START.map((name, at) => [name, all[at]!])) } as Policy }));

const dayOfYear = fc.nat(364).map((days): Day => addDays(day('2027-01-01'), days));
const maybeDay = fc.option(dayOfYear);
const lives = fc.record({
  facts: fc.record<IntakeFacts>({
    ...{ taxYear: fc.constant(2026), filingYear: fc.constant(2027), createdDay: dayOfYear, touchedDay: dayOfYear },
    stage: fc.constantFrom('open', 'prepared', 'filed', 'accepted', 'rejected', 'done', 'withdrawn', 'abandoned'),
    ...{ preparedDay: maybeDay, acceptedDay: maybeDay, doneDay: maybeDay, listedDay: maybeDay, erasedDay: maybeDay, consentsGiven: fc.boolean(), consentsNamed: fc.boolean() },
  }),
  seasonEnd: dayOfYear,
});
