import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, day, daysBetween, type Day } from '../../src/platform/clock.js';
import { classesOf, dueDays } from '../../src/retention/due-days.js';
import { comparePolicies } from '../../src/retention/policies/compare-policies.js';
import { longerOf } from '../../src/retention/policies/longer-of.js';
import { withoutShortening } from '../../src/retention/policies/without-shortening.js';
import type { Policy, PublishedPolicy } from '../../src/retention/policy.js';
import { scheduledDays } from '../../src/retention/policy-schedule.js';
import { shortens } from '../../src/retention/shortens.js';
import { facts, FIRST, isValid, policy, similar } from './arbitrary-policies.js';

const SEASON_END = day('2027-12-31');
function published(version: number, effectiveDay: Day, one: Policy): PublishedPolicy {
  return { ...one, version, effectiveDay };
}

/** By two persons, of the first day that it may be of, or so many days after it. */
function proposed(schedule: readonly PublishedPolicy[], today: Day, version: number, { one, notice }: { readonly one: Policy; readonly notice: number }): PublishedPolicy[] {
  const newest = schedule.at(-1)!;
  const earliest = addDays(today, shortens(newest, one) ? 30 : 1);
  const from = [addDays(earliest, notice), addDays(newest.effectiveDay, 1)].sort().at(-1)!;
  return [...schedule, published(version, from, one)];
}

/** As `withdrawAnnounced` writes it. @param newest the number that was given last, to one that was taken back since or not */
function underHold(schedule: readonly PublishedPolicy[], today: Day, newest: number): PublishedPolicy[] {
  const { takenBack, inPlace } = withoutShortening(schedule, today);
  return [...schedule.filter((one) => !takenBack.includes(one)), ...inPlace.map(({ policy: one, effectiveDay }, i) => published(newest + i + 1, effectiveDay, one))];
}

const changesOf = (one: Policy, other: Policy) => comparePolicies(one, other).filter(({ change }) => change !== 'same');

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

  it('never move to a day less than 30 days away, whatever is announced in whatever order, by its rules, and whatever holds take back of it', () => {
    const proposal = fc.record({ one: policy, wait: fc.nat(40), notice: fc.integer({ min: 0, max: 40 }) });
    const step = fc.oneof(proposal, fc.record({ hold: fc.constant(true), wait: fc.nat(40) }));
    fc.assert(
      fc.property(policy, fc.array(step, { minLength: 1, maxLength: 6 }), facts, (first, steps, of) => {
        let schedule: PublishedPolicy[] = [published(1, FIRST, first)];
        let [today, version] = [FIRST, 1];
        for (const one of steps) {
          today = addDays(today, one.wait);
          const next = 'hold' in one ? underHold(schedule, today, version) : proposed(schedule, today, ++version, one);
          version = Math.max(version, next.at(-1)!.version);
          const [told, tells] = [scheduledDays(schedule, of, SEASON_END), scheduledDays(next, of, SEASON_END)];
          for (const name of classesOf(of)) {
            const [was, is] = [told.get(name)!, tells.get(name)!];
            if (was > today && is < was) expect('hold' in one ? 'by a hold' : daysBetween(today, is) < 30).toBe(false);
            if (was <= today) expect(is <= today).toBe(true); // over stays over
          }
          schedule = next;
        }
      }),
      { numRuns: 800 },
    );
  });

  it('shorten nothing that is announced once a hold has taken back of it what does, and what it leaves is a policy', () => {
    fc.assert(
      fc.property(policy, fc.array(policy, { minLength: 1, maxLength: 4 }), fc.nat(100), (first, more, at) => {
        const schedule = [first, ...more].map((one, i) => published(i + 1, addDays(FIRST, 40 * i), one));
        const today = addDays(FIRST, at);
        const next = underHold(schedule, today, schedule.length);
        for (const [i, one] of next.entries()) if (i > 0 && one.effectiveDay > today) expect(shortens(next[i - 1]!, one)).toBe(false);
        expect([...schedule, ...next].every(isValid)).toBe(true);
        expect(withoutShortening(next, today)).toEqual({ takenBack: [], inPlace: [] });
        const days = next.map(({ effectiveDay }) => effectiveDay);
        expect([...new Set(days)].sort()).toEqual(days);
      }),
      { numRuns: 500 },
    );
  });

  it('are no shorter under what is the longer of two than under either, and it is either where that is longer already', () => {
    fc.assert(
      fc.property(policy, policy, facts, (one, two, of) => {
        const longer = longerOf(one, two);
        const [found, before, after] = [longer, one, two].map((each) => dueDays(each, of, SEASON_END));
        for (const name of classesOf(of)) expect([before!.get(name)!, after!.get(name)!].every((due) => found!.get(name)! >= due)).toBe(true);
        expect([shortens(one, longer), isValid(longer)]).toEqual([false, true]);
        expect(changesOf(one, longerOf(one, one))).toEqual([]);
        if (!shortens(one, two)) expect(changesOf(two, longer)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('are no shorter under a policy that does not shorten', () => {
    fc.assert(
      fc.property(similar, facts, ([one, two], of) => {
        fc.pre(!shortens(one, two));
        const [before, after] = [dueDays(one, of, SEASON_END), dueDays(two, of, SEASON_END)];
        for (const name of classesOf(of)) expect(after.get(name)! >= before.get(name)!).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
