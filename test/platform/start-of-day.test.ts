import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, day, dayIn } from '../../src/platform/clock.js';
import { startOfDay } from '../../src/platform/start-of-day.js';

describe('the start of a day', () => {
  it.each([
    ['America/New_York', '2027-02-01', '2027-02-01T05:00:00.000Z'],
    ['America/New_York', '2027-07-01', '2027-07-01T04:00:00.000Z'],
    ['America/New_York', '2027-03-14', '2027-03-14T05:00:00.000Z'], // clocks jump at two
    ['Pacific/Kiritimati', '2027-01-01', '2026-12-31T10:00:00.000Z'],
    ['Pacific/Pago_Pago', '2027-01-01', '2027-01-01T11:00:00.000Z'],
    ['America/Havana', '2027-03-14', '2027-03-14T05:00:00.000Z'], // clocks jump at midnight: the day begins at one
    ['UTC', '2027-01-01', '2027-01-01T00:00:00.000Z'],
  ])('in %s of %s is %s', (zone, date, instant) => {
    expect(startOfDay(zone, day(date)).toISOString()).toBe(instant);
  });

  it('is the first second of the day, whatever the zone', () => {
    fc.assert(
      fc.property(fc.constantFrom('America/Chicago', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'), fc.integer({ min: 0, max: 9000 }), (zone, days) => {
        const date = addDays(day('2020-01-01'), days);
        const start = startOfDay(zone, date);
        expect(dayIn(zone, start)).toBe(date);
        expect(dayIn(zone, new Date(start.getTime() - 1000))).toBe(addDays(date, -1));
      }),
      { numRuns: 60 },
    );
  });
});
