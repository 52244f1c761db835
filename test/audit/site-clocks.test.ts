import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayNumber, isOutside } from '../../src/audit/findings/site-clocks.js';
import { logFixture, type LogFixture } from './log-fixture.js';

let fixture: LogFixture;
beforeAll(async () => (fixture = await logFixture()));
afterAll(() => fixture.databases.close());

const CLOCKS = { from: '$1::timestamptz', before: '$2::timestamptz', timeZone: '$3' };
/** Clocks change at one, two or three in the morning; over midnight in Havana and Santiago; by half an hour on Lord Howe; not at all in Honolulu. */
const ZONES = ['America/New_York', 'America/Havana', 'America/Santiago', 'America/Anchorage', 'Pacific/Honolulu', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const FROM = Date.parse('2026-08-01T00:00:00Z');
const DAYS = 400;
const HOUR = 3_600_000;

const query = <T>(sql: string, parameters: readonly unknown[]): Promise<T[]> => fixture.databases.records.withoutSite((tx) => tx.query<T>(sql, parameters));

const CLOCK = new Map(ZONES.map((timeZone) => [timeZone, new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' })]));

/** By the platform's own clocks. */
function onTheClock(timeZone: string, at: number): { readonly day: string; readonly minute: number } {
  const parts = CLOCK.get(timeZone)!.formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)!.value;
  return { day: `${of('year')}-${of('month')}-${of('day')}`, minute: Number(of('hour')) * 60 + Number(of('minute')) };
}

const span = fc.record({ from: fc.integer({ min: 0, max: DAYS - 90 }), days: fc.integer({ min: 1, max: 90 }), timeZone: fc.constantFrom(...ZONES) });

async function numbered(sql: string, parameters: readonly unknown[], instants: readonly number[]): Promise<readonly unknown[]> {
  const rows = await query<{ said: unknown }>(`SELECT ${sql} AS said FROM unnest($4::timestamptz[]) WITH ORDINALITY AS i (at, n) ORDER BY n`, [...parameters, instants.map((at) => new Date(at))]);
  return rows.map(({ said }) => said);
}

describe('the clocks of a site', () => {
  it('give every quarter of an hour of every zone the day that they show', async () => {
    for (const timeZone of ZONES) {
      const instants = Array.from({ length: DAYS * 96 }, (_, i) => FROM + (i * HOUR) / 4);
      const said = await numbered(`(($1::timestamptz AT TIME ZONE $3)::date + ${dayNumber(CLOCKS)} - 1)::text`, [new Date(FROM), new Date(FROM + DAYS * 24 * HOUR), timeZone], instants);
      expect([timeZone, said.findIndex((day, i) => day !== onTheClock(timeZone, instants[i]!).day)]).toEqual([timeZone, -1]);
    }
  });

  it('number the days of any span from its first', async () => {
    await fc.assert(
      fc.asyncProperty(span, fc.nat(90 * 24 * 60), async ({ from, days, timeZone }, minutes) => {
        const start = FROM + from * 24 * HOUR;
        const at = start + (minutes % (days * 24 * 60)) * 60_000;
        const [said] = await numbered(dayNumber(CLOCKS), [new Date(start), new Date(start + days * 24 * HOUR), timeZone], [at]);
        const between = Date.parse(onTheClock(timeZone, at).day) - Date.parse(onTheClock(timeZone, start).day);
        expect(said).toBe(between / (24 * HOUR) + 1);
      }),
      { numRuns: 60 },
    );
  });

  it('say what lies outside the hours of open days, summer time too', async () => {
    const hours = fc.tuple(fc.integer({ min: 4 * 60, max: 1439 }), fc.integer({ min: 1, max: 20 * 60 })).map(([opens, long]) => [opens, Math.min(1440, opens + long)] as const);
    await fc.assert(
      fc.asyncProperty(span, hours, fc.integer({ min: 0, max: 127 }), fc.array(fc.nat(90 * 24 * 60), { minLength: 20, maxLength: 60 }), async ({ from, days, timeZone }, [opensAt, closesAt], openDays, minutes) => {
        const start = FROM + from * 24 * HOUR;
        const instants = minutes.map((minute) => start + (minute % (days * 24 * 60)) * 60_000);
        const sql = isOutside(CLOCKS, { opensAt: String(opensAt), closesAt: String(closesAt), openDays: String(openDays) });
        const said = await numbered(sql, [new Date(start), new Date(start + days * 24 * HOUR), timeZone], instants);
        const expected = instants.map((at) => {
          const { day, minute } = onTheClock(timeZone, at);
          const isOpen = (openDays >> ((new Date(day).getUTCDay() + 6) % 7)) & 1;
          return !isOpen || minute < opensAt || minute >= closesAt;
        });
        expect(said).toEqual(expected);
      }),
      // A site that closes at midnight, in the night in which its clocks go back over midnight: half past twelve is seen twice, closed both times.
      { numRuns: 60, examples: [[{ from: 56, days: 37, timeZone: 'America/Havana' }, [258, 1440], 32, [52_050, 52_080, 52_110, 52_140, 52_170]]] },
    );
  });
});
