import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { filingYearFor } from '../../src/access/season-end.js';
import type { IntakeFacts } from '../../src/audit/intake-facts.js';
import { CLASSES_FROM_THE_START } from '../../src/catalogue/retention-class.js';
import { addDays, day, daysBetween, type Day } from '../../src/platform/clock.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { dueDays, readableUntil } from '../../src/retention/due-days.js';

const CREATED = day('2027-02-10');
const SEASON_END = day('2027-10-15');
const FRESH: IntakeFacts = {
  taxYear: 2026,
  filingYear: 2027,
  createdDay: CREATED,
  touchedDay: CREATED,
  stage: 'open',
  preparedDay: null,
  acceptedDay: null,
  doneDay: null,
  listedDay: null,
  erasedDay: null,
  consentsGiven: false,
  consentsNamed: false,
};

describe('the default policy', () => {
  it.each<[string, Partial<IntakeFacts>, Partial<Record<(typeof CLASSES_FROM_THE_START)[number], string>>]>([
    ['untouched', {}, { contact: '2027-03-12', credentials: '2027-02-13', documents: '2027-02-24', notes: '2027-02-24', consents: '2027-03-12' }],
    ['prepared', { stage: 'prepared', preparedDay: day('2027-02-20'), touchedDay: day('2027-03-01') }, { credentials: '2027-02-23', identity: '2027-03-31' }],
    ['done', { stage: 'done', preparedDay: day('2027-02-20'), doneDay: day('2027-04-01'), touchedDay: day('2027-04-01') }, { identity: '2027-05-01', documents: '2027-04-08', notes: '2027-04-15' }],
    ['withdrawn before it was prepared', { stage: 'withdrawn', doneDay: day('2027-02-12'), touchedDay: day('2027-02-12') }, { credentials: '2027-02-15', situation: '2027-03-14' }],
    ['rejected', { stage: 'rejected', preparedDay: day('2027-02-20'), touchedDay: day('2027-03-01') }, { credentials: '2027-03-04' }],
    ['with a consent', { consentsGiven: true }, { consents: '2027-10-15' }],
    ['near the season end', { touchedDay: day('2027-10-01') }, { contact: '2027-10-15', credentials: '2027-10-04' }],
    ['made after the season end', { createdDay: day('2027-12-20'), touchedDay: day('2027-12-20') }, { contact: '2027-12-31', credentials: '2027-12-23' }],
  ])('%s', (_what, facts, expected) => {
    expect(Object.fromEntries(dueDays(DEFAULT_POLICY, { ...FRESH, ...facts }, SEASON_END))).toMatchObject(expected);
  });
});

describe('due days', () => {
  it('are those of an oracle that looks at each day in turn', () => {
    fc.assert(
      fc.property(lives, ({ facts, seasonEnd }) => {
        const days = dueDays(DEFAULT_POLICY, facts, seasonEnd);
        for (const cls of CLASSES_FROM_THE_START) expect([cls, days.get(cls)]).toEqual([cls, firstDayOver(cls, facts, seasonEnd)]);
      }),
      { numRuns: 500 },
    );
  });

  it('are after the day of creation and never after 31 December of the filing year', () => {
    fc.assert(
      fc.property(lives, ({ facts, seasonEnd }) => {
        for (const due of dueDays(DEFAULT_POLICY, facts, seasonEnd).values()) {
          expect(due > facts.createdDay).toBe(true);
          expect(due <= `${facts.filingYear}-12-31`).toBe(true);
        }
      }),
    );
  });

  it('are later by a touch, or the same; never earlier', () => {
    fc.assert(
      fc.property(lives, fc.nat(60), ({ facts, seasonEnd }, more) => {
        const before = dueDays(DEFAULT_POLICY, facts, seasonEnd);
        const after = dueDays(DEFAULT_POLICY, { ...facts, touchedDay: addDays(facts.touchedDay, more) }, seasonEnd);
        for (const cls of CLASSES_FROM_THE_START) expect(after.get(cls)! >= before.get(cls)!).toBe(true);
      }),
    );
  });
});

describe('an answer', () => {
  it('is readable until the day before its destruction', () => {
    expect(readableUntil(day('2027-03-01'))).toBe('2027-02-28');
  });
});

/** Any intake that a year can bring about, with a season end somewhere in its filing year. */
const lives = fc
  .record({
    start: fc.nat(364),
    stage: fc.constantFrom('open', 'prepared', 'filed', 'accepted', 'rejected', 'done', 'withdrawn', 'abandoned'),
    gaps: fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40)),
    skipped: fc.boolean(),
    consentsGiven: fc.boolean(),
    seasonEnd: fc.nat(364),
  })
  .map(({ start, stage, gaps: [a, b, c], skipped, consentsGiven, seasonEnd }) => {
    const createdDay = addDays(day('2027-01-01'), start);
    const filingYear = filingYearFor(createdDay);
    const prepared = addDays(createdDay, a);
    const isFinal = ['done', 'withdrawn', 'abandoned'].includes(stage);
    const facts: IntakeFacts = {
      taxYear: filingYear - 1,
      filingYear,
      createdDay,
      stage,
      touchedDay: addDays(prepared, b),
      preparedDay: stage === 'open' || (isFinal && skipped) ? null : prepared,
      acceptedDay: stage === 'accepted' ? addDays(prepared, b) : null,
      doneDay: isFinal ? addDays(prepared, Math.min(b, c)) : null,
      listedDay: null,
      erasedDay: null,
      consentsGiven,
      consentsNamed: false,
    };
    return { facts, seasonEnd: addDays(day(`${filingYear}-01-01`), seasonEnd) };
  });

/** The table of the design, read aloud: the first day on which somebody going by it would say "over". */
function firstDayOver(cls: (typeof CLASSES_FROM_THE_START)[number], facts: IntakeFacts, seasonEnd: Day): Day {
  const end = seasonEnd > facts.createdDay ? seasonEnd : day(`${facts.filingYear}-12-31`);
  for (let d = addDays(facts.createdDay, 1); ; d = addDays(d, 1)) if (d >= end || isOver(cls, facts, d)) return d;
}

function isOver(cls: (typeof CLASSES_FROM_THE_START)[number], facts: IntakeFacts, on: Day): boolean {
  const since = (from: Day | null, days: number) => from !== null && daysBetween(from, on) >= days;
  const prepared = ['open', 'rejected'].includes(facts.stage) ? null : facts.preparedDay;
  const endedOr = (ended: number, untouched: number) => (facts.doneDay ? since(facts.doneDay, ended) : since(facts.touchedDay, untouched));
  switch (cls) {
    case 'credentials':
      return prepared ? since(prepared, 3) : since(facts.touchedDay, 3);
    case 'documents':
      return endedOr(7, 14);
    case 'notes':
      return endedOr(14, 14);
    case 'consents':
      return !facts.consentsGiven && endedOr(30, 30);
    default:
      return endedOr(30, 30);
  }
}
