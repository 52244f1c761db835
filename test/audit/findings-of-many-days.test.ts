import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { LogEntry } from '../../src/audit/entry.js';
import { MOST_FINDINGS } from '../../src/audit/findings/crowded-hour.js';
import { DETECT } from '../../src/audit/findings/detectors.js';
import type { DetectorName, Finding, WatchRules } from '../../src/audit/findings/finding.js';
import { logFixture, type LogFixture } from './log-fixture.js';

let fixture: LogFixture;
beforeAll(async () => (fixture = await logFixture()));
afterAll(() => fixture.databases.close());

/** Eleven o'clock in New York; ninety days before it clocks were not an hour ahead yet. */
const END = new Date('2027-04-01T15:00:00Z');
const DAY_MS = 86_400_000;
const RULES: WatchRules = {
  ...{ timeZone: 'America/New_York', opensAt: 8 * 60, closesAt: 20 * 60, openDays: 0b1111111 },
  ...{ manyIntakes: 20, readsWithoutChange: 2, failedSignIns: 5, refusedAttempts: 2 },
};

type Planted = readonly [at: string, entry: (site: string) => LogEntry];

const actor = (member: string) => ({ member, role: 'preparer' as const });
const refused = (at: string, member: string): Planted => [at, (site) => ({ kind: 'access.refused', actor: actor(member), subject: { site }, context: { permission: 'audit.read' } })];
const read = (at: string, intake: string, member: string): Planted => [
  at,
  (site) => ({ kind: 'answers.read', actor: actor(member), subject: { site, intakes: [intake], classes: ['contact'], fields: ['contact.phone'] }, context: { purpose: 'prepare' } }),
];
const saved = (at: string, intake: string, member: string): Planted => [
  at,
  (site) => ({ kind: 'answers.written', actor: actor(member), subject: { site, intake, classes: ['contact'] }, context: { version: 2 } }),
];

/** Plants entries at a site of their own and looks through ninety days. */
async function look(detector: DetectorName, planted: readonly Planted[]): Promise<readonly Finding[]> {
  const site = randomUUID();
  for (const [at, entry] of planted) {
    fixture.clock.setTo(new Date(at));
    await fixture.databases.records.inSite(site, (tx) => fixture.log.append(tx, entry(site)));
  }
  const span = { from: new Date(END.getTime() - 90 * DAY_MS), before: END };
  return fixture.databases.records.inSite(site, (tx) => DETECT[detector](tx, span, RULES));
}

/** Dates of whole days in the span, the oldest first, with what the clocks are behind UTC at their beginning and at their end. */
const DATES = Array.from({ length: 89 }, (_, at) => new Date(Date.UTC(2027, 0, 2 + at)).toISOString().slice(0, 10));
const first = (date: string) => `${date}T00:00:00-0${date <= '2027-03-14' ? 5 : 4}:00`;
const last = (date: string) => `${date}T23:59:59-0${date < '2027-03-14' ? 5 : 4}:00`;

it('each day is one, from its first second to its last, whichever are looked through together', async () => {
  const ann = randomUUID();
  const found = await look('refused-attempts', DATES.flatMap((date) => [refused(first(date), ann), refused(last(date), ann)]));
  expect(found.map(({ from, until, entries }) => [from, until, entries])).toEqual(DATES.toReversed().map((date) => [new Date(first(date)), new Date(last(date)), 2]));
});

it('a change on the next day is near, and so is one on the day before', async () => {
  for (const [at, date] of DATES.slice(1).entries()) {
    if (at % 7 > 0 && !['2027-03-02', '2027-01-30'].includes(date)) continue;
    const [ann, one, other] = [randomUUID(), randomUUID(), randomUUID()];
    const midnight = new Date(first(date)).getTime();
    const minute = (minutes: number) => new Date(midnight + minutes * 60_000).toISOString();
    const evening = [read(minute(-9), one, ann), read(minute(-8), other, ann)];
    const morning = [read(minute(20), one, ann), read(minute(21), other, ann)];
    expect(await look('reads-without-change', [...evening, saved(minute(20), one, ann)])).toEqual([]);
    expect(await look('reads-without-change', [saved(minute(-9), other, ann), ...morning])).toEqual([]);
    expect((await look('reads-without-change', evening)).map(({ intakes }) => intakes)).toEqual([2]);
    expect((await look('reads-without-change', [...evening, ...morning])).map(({ intakes }) => intakes)).toEqual([2, 2]);
  }
});

it('of more than are shown the newest are found, and one more', async () => {
  const members = Array.from({ length: 4 }, () => randomUUID());
  const found = await look('refused-attempts', DATES.flatMap((date) => members.flatMap((member) => [refused(first(date), member), refused(last(date), member)])));
  expect(found).toHaveLength(MOST_FINDINGS + 1);
  const dates = DATES.toReversed().flatMap((date) => members.map(() => last(date)));
  expect(found.map(({ until }) => until)).toEqual(dates.slice(0, MOST_FINDINGS + 1).map((at) => new Date(at)));
});

it('where the newest days have just as many as are shown, older ones are looked through for one more', async () => {
  const month = DATES.slice(-30);
  const members = Array.from({ length: 7 }, () => randomUUID());
  const full = month.flatMap((date, at) => members.slice(at < 20 ? 0 : 1).map((member) => [date, member] as const));
  expect(full).toHaveLength(MOST_FINDINGS);
  const planted = [[DATES[3]!, members[0]!] as const, ...full].flatMap(([date, member]) => [refused(first(date), member), refused(last(date), member)]);
  const found = await look('refused-attempts', planted);
  expect(found).toHaveLength(MOST_FINDINGS + 1);
  expect(found.at(-1)!.until).toEqual(new Date(last(DATES[3]!)));
});
