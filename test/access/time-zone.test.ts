import { expect, it } from '@jest/globals';
import { isTimeZone, knownSpelling } from '../../src/access/time-zone.js';

it.each([
  ['america/new_york', 'America/New_York'],
  ['AMERICA/PORT-AU-PRINCE', 'America/Port-au-Prince'],
  ['antarctica/mcmurdo', 'Antarctica/McMurdo'],
  ['etc/gmt+12', 'Etc/GMT+12'],
  ['utc', 'UTC'],
])('%s is known as %s', (sent, known) => {
  expect([knownSpelling(sent), isTimeZone(known)]).toEqual([known, true]);
});

it.each(['US/Eastern', 'Etc/UTC', 'Asia/Kolkata', 'Mars/Olympus', '+05:00', ''])('%s stays as it is: another name of a zone, or none', (sent) => {
  expect(knownSpelling(sent)).toBe(sent);
});

it('a name in use goes before the catalogue’s', () => {
  expect(knownSpelling('us/eastern', ['America/New_York', 'US/Eastern'])).toBe('US/Eastern');
});
