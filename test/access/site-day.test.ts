import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beginsSooner, leftFor, siteDay, type SiteZones } from '../../src/access/site-day.js';
import { addDays, dayIn } from '../../src/platform/clock.js';

const NOW = new Date('2027-03-02T16:00:00Z');
const HOUR_MS = 3_600_000;
const ZONES = ['Pacific/Kiritimati', 'Pacific/Auckland', 'Asia/Kathmandu', 'UTC', 'America/New_York', 'America/Chicago', 'America/Phoenix', 'Pacific/Honolulu', 'Pacific/Pago_Pago'];

const site = (timeZone: string): SiteZones => ({ timeZone, formerTimeZones: [] });
const changed = (before: SiteZones, timeZone: string, now: Date): SiteZones => ({ timeZone, formerTimeZones: leftFor(timeZone, before, now) });
const later = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR_MS);

describe('the day at a site', () => {
  it('is the day in its zone', () => {
    expect(siteDay(site('America/Chicago'), NOW)).toBe('2027-03-02');
    expect(siteDay(site('Pacific/Kiritimati'), NOW)).toBe('2027-03-03');
  });

  it('begins no sooner than in the zone that it has left, for thirty days there', () => {
    const moved = changed(site('America/Chicago'), 'Pacific/Kiritimati', NOW);
    expect(moved.formerTimeZones).toEqual([{ timeZone: 'America/Chicago', until: '2027-04-01' }]);
    expect(siteDay(moved, NOW)).toBe('2027-03-02');
    expect(siteDay(moved, new Date('2027-04-01T04:59:59Z'))).toBe('2027-03-31');
    expect(siteDay(moved, new Date('2027-04-01T05:00:00Z'))).toBe('2027-04-01'); // midnight of the 30th day there
    expect(siteDay(moved, new Date('2027-04-01T16:00:00Z'))).toBe('2027-04-02');
  });

  it('follows a change to the west at once', () => {
    const moved = changed(site('America/Chicago'), 'Pacific/Honolulu', NOW);
    expect(siteDay(moved, new Date('2027-03-03T07:00:00Z'))).toBe('2027-03-02');
    expect(dayIn('America/Chicago', new Date('2027-03-03T07:00:00Z'))).toBe('2027-03-03');
  });

  it('is never ahead of any zone that the site was in within the last thirty days, whatever was changed in between', () => {
    const steps = fc.array(fc.record({ to: fc.constantFrom(...ZONES), after: fc.integer({ min: 0, max: 24 * 40 }) }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), steps, fc.integer({ min: 0, max: 24 * 40 }), (first, changes, wait) => {
        let now = 0;
        let zones = site(first);
        const left: { readonly zone: string; readonly at: Date }[] = [];
        for (const { to, after } of changes) {
          now += after;
          if (to !== zones.timeZone) left.push({ zone: zones.timeZone, at: later(now) });
          if (to !== zones.timeZone) zones = changed(zones, to, later(now));
        }
        const today = siteDay(zones, later(now + wait));
        expect(today <= dayIn(zones.timeZone, later(now + wait))).toBe(true);
        for (const { zone, at } of left) {
          const there = dayIn(zone, later(now + wait));
          if (there < addDays(dayIn(zone, at), 30)) expect(today <= there).toBe(true);
        }
        expect(zones.formerTimeZones.length).toBeLessThan(ZONES.length);
      }),
    );
  });

  it.each([
    ['Pacific/Kiritimati', 'America/Chicago', true],
    ['America/Chicago', 'Pacific/Kiritimati', false],
    ['America/New_York', 'America/Chicago', true],
    ['US/Central', 'America/Chicago', false],
    ['America/Phoenix', 'America/Denver', false],
    ['America/Denver', 'America/Phoenix', true], // in summer
    ['America/Phoenix', 'America/Los_Angeles', true], // in winter
    ['America/Los_Angeles', 'America/Phoenix', false],
    ['Asia/Kathmandu', 'Asia/Kolkata', true],
  ])('knows whether days in %s ever begin sooner than in %s: %s', (zone, before, expected) => {
    expect([beginsSooner(zone, before, NOW), beginsSooner(zone, before, new Date('2027-07-02T16:00:00Z'))]).toEqual([expected, expected]);
  });
});
