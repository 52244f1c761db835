import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, Clock, day, dayIn, daysBetween, type Day } from '../../src/platform/clock.js';
import { TestClock } from '../support/test-clock.js';

const days = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2200-12-31'), noInvalidDate: true })
  .map((date) => day(date.toISOString().slice(0, 10)));
const spans = fc.integer({ min: -100_000, max: 100_000 });
const zones = fc.constantFrom('UTC', 'America/Chicago', 'Pacific/Honolulu', 'America/St_Johns', 'Pacific/Kiritimati', 'America/Puerto_Rico');

describe('a day', () => {
  it.each(['2027-02-29', '2027-13-01', '2027-00-10', '2027-1-1', '27-01-01', '2027-01-01T00:00:00Z', ' 2027-01-01', '', '2027-04-31', '0000-01-01', '0000-02-29'])('is not %j', (text) => {
    expect(() => day(text)).toThrow(RangeError);
  });

  it('is what the calendar has', () => {
    expect(day('2028-02-29')).toBe('2028-02-29');
    expect(addDays(day('2028-02-28'), 1)).toBe('2028-02-29');
    expect(addDays(day('2027-12-31'), 1)).toBe('2028-01-01');
    expect(daysBetween(day('2027-03-13'), day('2027-03-15'))).toBe(2); // over the change to summer time
  });

  it('moves forth and back by as many days as are between', () =>
    fc.assert(
      fc.property(days, spans, (from, span) => {
        const to = addDays(from, span);
        expect(daysBetween(from, to)).toBe(span);
        expect(addDays(to, -span)).toBe(from);
      }),
    ));

  it('sorts as text as it does in time', () =>
    fc.assert(fc.property(days, days, (a, b) => expect(Math.sign(daysBetween(a, b))).toBe(a === b ? 0 : a < b ? 1 : -1))));

  it('ends with the year 9999', () => {
    expect(() => addDays(day('9999-12-31'), 1)).toThrow(RangeError);
    expect(() => addDays(day('2027-01-01'), Number.MAX_SAFE_INTEGER)).toThrow(RangeError);
  });
});

describe('today', () => {
  it.each([
    ['2027-05-01T04:59:59Z', 'America/Chicago', '2027-04-30'],
    ['2027-05-01T05:00:00Z', 'America/Chicago', '2027-05-01'],
    ['2027-01-01T00:00:00Z', 'Pacific/Honolulu', '2026-12-31'],
    ['2027-01-01T00:00:00Z', 'Pacific/Kiritimati', '2027-01-01'],
  ])('at %s in %s is %s', (instant, zone, expected) => expect(dayIn(zone, new Date(instant))).toBe(expected));

  it('is within a day of the same instant elsewhere, and a day as any other', () =>
    fc.assert(
      fc.property(fc.date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }), zones, zones, (instant, here, there) => {
        const [a, b] = [dayIn(here, instant), dayIn(there, instant)];
        expect(day(a)).toBe(a);
        expect(Math.abs(daysBetween(a, b))).toBeLessThanOrEqual(1);
      }),
    ));

  it('needs a time zone that exists', () => {
    expect(() => Clock.system().today('America/Nowhere')).toThrow(RangeError);
  });
});

describe('the clock', () => {
  it('of the system is the system’s', () => {
    const clock = Clock.system();
    expect(clock.isSet).toBe(false);
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1000);
  });

  it('that was set says so, and ticks', async () => {
    const clock = Clock.startingAt(new Date('2027-05-01T17:00:00Z'));
    expect(clock.isSet).toBe(true);
    expect(clock.today('America/Chicago')).toBe('2027-05-01');
    const before = clock.now().getTime();
    await new Promise((wake) => setTimeout(wake, 20));
    const passed = clock.now().getTime() - before;
    expect(passed).toBeGreaterThanOrEqual(19);
    expect(passed).toBeLessThan(5000);
  });

  it('of a test goes where the test wants it', () => {
    const clock = new TestClock(new Date('2027-05-01T17:00:00Z'));
    clock.advanceDays(30);
    expect(clock.today('UTC')).toBe('2027-05-31' as Day);
  });
});
