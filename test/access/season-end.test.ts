import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { endsSooner, filingYearFor, movedTo, NO_SEASON_END, seasonEndFor, type SeasonEnds } from '../../src/access/season-end.js';
import { addDays, day, type Day } from '../../src/platform/clock.js';

const made = (on: Day) => ({ createdDay: on, filingYear: filingYearFor(on) });
const ends = (seasonEnd: string | null, ...past: readonly string[]): SeasonEnds => ({ seasonEnd: seasonEnd === null ? null : day(seasonEnd), pastSeasonEnds: past.map(day) });

describe('the year', () => {
  it('of an intake is that of its creation, but 31 December belongs to the next', () => {
    expect(filingYearFor(day('2027-01-01'))).toBe(2027);
    expect(filingYearFor(day('2027-12-30'))).toBe(2027);
    expect(filingYearFor(day('2027-12-31'))).toBe(2028);
  });
});

describe('the season end of an intake', () => {
  it.each<[string, SeasonEnds, string, string]>([
    ['that of its site, if it lies in the filing year', ends('2027-10-15'), '2027-02-10', '2027-10-15'],
    ['31 December without one', NO_SEASON_END, '2027-02-10', '2027-12-31'],
    ['31 December in another year', ends('2027-10-15'), '2028-02-10', '2028-12-31'],
    ['31 December for what is made on that day or later', ends('2027-10-15'), '2027-10-15', '2027-12-31'],
    ['the one that has come, whatever came in its place', ends('2028-05-01', '2027-05-31'), '2027-02-10', '2027-05-31'],
    ['the next of its own year after it was made', ends('2027-08-01', '2027-05-31'), '2027-06-05', '2027-08-01'],
    ['next year’s for what is made on 31 December', ends('2028-05-01', '2027-05-31'), '2027-12-31', '2028-05-01'],
  ])('is %s', (_what, site, createdDay, expected) => {
    expect(seasonEndFor(site, made(day(createdDay)))).toBe(expected);
  });
});

describe('a season end that is moved', () => {
  it('keeps what has come, and nothing else', () => {
    const today = day('2027-06-05');
    expect(movedTo(ends('2027-05-31', '2026-05-31'), null, today)).toEqual(ends(null, '2026-05-31', '2027-05-31'));
    expect(movedTo(ends('2027-06-05'), day('2028-05-01'), today)).toEqual(ends('2028-05-01', '2027-06-05'));
    expect(movedTo(ends('2027-06-06'), day('2028-05-01'), today)).toEqual(ends('2028-05-01'));
    expect(movedTo(NO_SEASON_END, day('2027-08-01'), today)).toEqual(ends('2027-08-01'));
  });

  it.each<[boolean, SeasonEnds, string | null, string]>([
    [true, NO_SEASON_END, '2027-08-01', '2027-06-25'],
    [true, ends('2027-10-15'), '2027-08-01', '2027-06-25'],
    [true, ends('2027-10-15'), '2028-05-01', '2028-02-10'], // last year's is still entered
    [true, ends('2027-06-01'), '2027-08-01', '2027-06-25'], // for what was made since
    [false, ends('2027-08-01'), '2027-10-15', '2027-06-25'],
    [false, ends('2027-08-01'), null, '2027-06-25'],
    [false, ends('2027-06-01'), '2028-05-01', '2027-10-01'],
  ])('ends something sooner: %s (from %j to %s on %s)', (sooner, before, to, today) => {
    expect(endsSooner(before, movedTo(before, to === null ? null : day(to), day(today)), day(today))).toBe(sooner);
  });

  it('gives no intake that is over another day, and none a sooner one unless it says so', () => {
    fc.assert(
      fc.property(changes, fc.nat(800), ({ history, to }, age) => {
        const [before, today] = [history.ends, history.today];
        const after = movedTo(before, to, today);
        const intake = made(addDays(today, -age));
        const [was, is] = [seasonEndFor(before, intake), seasonEndFor(after, intake)];
        if (was <= today) expect(is).toBe(was);
        else expect(is > today).toBe(true);
        if (!endsSooner(before, after, today)) expect(is >= was).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

/** A site that has moved its season end now and then, with its notice, and moves it again. */
const changes = fc
  .record({ moves: fc.array(fc.record({ wait: fc.nat(300), ahead: fc.option(fc.integer({ min: 30, max: 400 })) }), { maxLength: 8 }), wait: fc.nat(300), ahead: fc.option(fc.integer({ min: 30, max: 400 })) })
  .map(({ moves, wait, ahead }) => {
    let [site, today] = [NO_SEASON_END, day('2027-01-01')];
    for (const move of moves) {
      today = addDays(today, move.wait);
      site = movedTo(site, move.ahead === null ? null : addDays(today, move.ahead), today);
    }
    today = addDays(today, wait);
    return { history: { ends: site, today }, to: ahead === null ? null : addDays(today, ahead) };
  });
