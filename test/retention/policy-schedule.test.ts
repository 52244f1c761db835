import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IntakeFacts } from '../../src/audit/intake-facts.js';
import { CLASSES_FROM_THE_START } from '../../src/catalogue/retention-class.js';
import { addDays, day, daysBetween, type Day } from '../../src/platform/clock.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { classesOf, dueDays } from '../../src/retention/due-days.js';
import type { ClassPolicy, Policy, PublishedPolicy } from '../../src/retention/policy.js';
import { scheduledDays } from '../../src/retention/policy-schedule.js';
import { shortens } from '../../src/retention/shortens.js';

const SEASON_END = day('2027-12-31');
const FIRST = day('2027-01-01');

const days = fc.integer({ min: 1, max: 90 });
/** Any rules that hold together: "untouched" with an end that takes over. */
const ofClass: fc.Arbitrary<ClassPolicy> = fc
  .record({ done: days, untouched: fc.option(days), prepared: fc.option(days), accepted: fc.option(days), cap: fc.option(fc.integer({ min: 1, max: 200 })) })
  .map(({ done, untouched, prepared, accepted, cap }) => ({
    rules: [
      { trigger: 'done' as const, days: done },
      ...(untouched === null ? [] : [{ trigger: 'untouched' as const, days: untouched }]),
      ...(prepared === null ? [] : [{ trigger: 'prepared' as const, days: prepared }]),
      ...(accepted === null ? [] : [{ trigger: 'accepted' as const, days: accepted }]),
    ],
    ...(cap === null ? {} : { cap }),
  }));
const policy: fc.Arbitrary<Policy> = fc.tuple(ofClass, fc.option(fc.integer({ min: 3, max: 6 }))).map(([one, years]) => ({
  ...DEFAULT_POLICY,
  classes: Object.fromEntries(CLASSES_FROM_THE_START.map((name) => [name, one])) as Policy['classes'],
  ...(years !== null && { preparerList: { years } }),
}));
const facts: fc.Arbitrary<IntakeFacts> = fc
  .record({ created: fc.nat(100), stage: fc.constantFrom('open', 'prepared', 'filed', 'accepted', 'rejected', 'done', 'withdrawn'), gaps: fc.tuple(fc.nat(20), fc.nat(20)), listed: fc.boolean() })
  .map(({ created, stage, gaps: [one, two], listed }) => {
    const createdDay = addDays(FIRST, created);
    const prepared = addDays(createdDay, one);
    const last = addDays(prepared, two);
    return {
      ...{ taxYear: 2026, filingYear: 2027, createdDay, touchedDay: last, stage, listedDay: listed ? prepared : null, erasedDay: null, consentsGiven: false, consentsNamed: false },
      preparedDay: stage === 'open' ? null : prepared,
      acceptedDay: stage === 'accepted' ? last : null,
      doneDay: stage === 'done' || stage === 'withdrawn' ? last : null,
    };
  });

function published(version: number, effectiveDay: Day, one: Policy): PublishedPolicy {
  return { ...one, version, effectiveDay };
}

const same = (one: ReadonlyMap<string, Day>, other: ReadonlyMap<string, Day>) => expect(Object.fromEntries(one)).toEqual(Object.fromEntries(other));

describe('the days of destruction under several policies', () => {
  it('are those of the one, where there is one', () => {
    fc.assert(fc.property(policy, facts, (one, of) => same(scheduledDays([published(1, FIRST, one)], of, SEASON_END), dueDays(one, of, SEASON_END))));
  });

  it('are those of the first for what goes before the second, and no sooner than its day because of it', () => {
    fc.assert(
      fc.property(policy, policy, facts, fc.integer({ min: 1, max: 150 }), (one, two, of, at) => {
        const comes = addDays(FIRST, at);
        const found = scheduledDays([published(1, FIRST, one), published(2, comes, two)], of, SEASON_END);
        const [before, after] = [dueDays(one, of, SEASON_END), dueDays(two, of, SEASON_END)];
        for (const name of classesOf(of)) {
          const [was, is] = [before.get(name)!, after.get(name)!];
          expect(found.get(name)).toBe(was < comes ? was : is < comes ? comes : is);
        }
      }),
    );
  });

  it('never move to a day less than 30 days away, whatever is announced in whatever order, by its rules', () => {
    const later = fc.record({ one: policy, wait: fc.nat(40), notice: fc.integer({ min: 0, max: 40 }) });
    fc.assert(
      fc.property(policy, fc.array(later, { minLength: 1, maxLength: 3 }), facts, (first, more, of) => {
        let schedule: PublishedPolicy[] = [published(1, FIRST, first)];
        let today = FIRST;
        for (const { one, wait, notice } of more) {
          today = addDays(today, wait);
          const newest = schedule.at(-1)!;
          const earliest = addDays(today, shortens(newest, one) ? 30 : 1);
          const from = [addDays(earliest, notice), addDays(newest.effectiveDay, 1)].sort().at(-1)!;
          const next = [...schedule, published(schedule.length + 1, from, one)];
          const [told, tells] = [scheduledDays(schedule, of, SEASON_END), scheduledDays(next, of, SEASON_END)];
          for (const name of classesOf(of)) {
            const [was, is] = [told.get(name)!, tells.get(name)!];
            if (was > today && is < was) expect(daysBetween(today, is)).toBeGreaterThanOrEqual(30);
            if (was <= today) expect(is <= today).toBe(true); // over stays over
          }
          schedule = next;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are no shorter under a policy that does not shorten', () => {
    fc.assert(
      fc.property(policy, policy, facts, (one, two, of) => {
        fc.pre(!shortens(one, two));
        const [before, after] = [dueDays(one, of, SEASON_END), dueDays(two, of, SEASON_END)];
        for (const name of classesOf(of)) expect(after.get(name)! >= before.get(name)!).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
