import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EntryId, LogEntry } from '../../src/audit/entry.js';
import { DETECT } from '../../src/audit/findings/detectors.js';
import type { DetectorName, Finding, WatchRules } from '../../src/audit/findings/finding.js';
import { logFixture, type LogFixture } from './log-fixture.js';

let fixture: LogFixture;
beforeAll(async () => (fixture = await logFixture()));
afterAll(() => fixture.databases.close());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Monday, ten o'clock in New York. */
const MONDAY = new Date('2027-03-01T15:00:00Z');
const RULES: WatchRules = {
  ...{ timeZone: 'America/New_York', opensAt: 8 * 60, closesAt: 20 * 60, openDays: 0b0011111 },
  ...{ manyIntakes: 3, readsWithoutChange: 2, failedSignIns: 3, refusedAttempts: 2 },
};
const [ANN, BEN] = [randomUUID(), randomUUID()];

interface Planted {
  readonly minute: number;
  readonly entry: (site: string) => LogEntry;
}

const by = (member: string) => ({ actor: { member, role: 'preparer' as const } });
const read = (minute: number, intake: string, member = ANN, more: Partial<LogEntry['subject']> = {}): Planted => ({
  minute,
  entry: (site) => ({ kind: 'answers.read', ...by(member), subject: { site, intakes: [intake], classes: ['contact'], fields: ['contact.phone'], ...more }, context: { purpose: 'prepare' } }),
});
const saved = (minute: number, intake: string, member = ANN): Planted => ({
  minute,
  entry: (site) => ({ kind: 'answers.written', ...by(member), subject: { site, intake, classes: ['contact'] }, context: { version: 2 } }),
});
const staged = (minute: number, intake: string, member = ANN): Planted => ({
  minute,
  entry: (site) => ({ kind: 'intake.staged', ...by(member), subject: { site, intake }, context: { stage: 'prepared' } }),
});
const failed = (minute: number, member?: string): Planted => ({
  minute,
  entry: (site) => ({ kind: 'sign-in-failed', actor: { system: 'visitor' }, subject: member ? { site, member } : {}, context: { reason: member ? 'wrong-password' : 'unknown-account' } }),
});
const refused = (minute: number, permission: string, member = ANN): Planted => ({
  minute,
  entry: (site) => ({ kind: 'access.refused', ...by(member), subject: { site }, context: { permission } }),
});

const page = (minute: number, intakes: readonly string[], member = ANN, kind: 'answers.read' | 'intake.listed' = 'answers.read'): Planted => ({
  minute,
  entry: (site) => ({ kind, ...by(member), subject: { site, intakes, classes: ['consents'], fields: ['consents.name'] }, context: { purpose: 'print' } }),
});

/** Plants entries at a site of their own, minutes after Monday at ten, and looks through the three weeks around. */
async function look(detector: DetectorName, planted: readonly Planted[], rules: Partial<WatchRules> = {}): Promise<{ findings: readonly Finding[]; ids: readonly EntryId[]; site: string }> {
  const site = randomUUID();
  const ids: EntryId[] = [];
  for (const { minute, entry } of planted) {
    fixture.clock.setTo(new Date(MONDAY.getTime() + minute * MINUTE));
    ids.push(await fixture.databases.records.inSite(site, (tx) => fixture.log.append(tx, entry(site))));
  }
  return { findings: await at(site, detector, rules), ids, site };
}

function at(site: string, detector: DetectorName, rules: Partial<WatchRules> = {}): Promise<readonly Finding[]> {
  const span = { from: new Date(MONDAY.getTime() - 7 * 24 * HOUR), before: new Date(MONDAY.getTime() + 14 * 24 * HOUR) };
  return fixture.databases.records.inSite(site, (tx) => DETECT[detector](tx, span, { ...RULES, ...rules }));
}

const minute = (minutes: number) => new Date(MONDAY.getTime() + minutes * MINUTE);
const [I, J, K, L] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

describe('many intakes opened within an hour', () => {
  it('are found from the number on that the site has set, in whichever full hour of the clock most of them lie', async () => {
    for (const times of [[0, 20, 59], [50, 61, 109], [1, 59, 60]] as const) {
      const { findings, ids } = await look('many-intakes', times.map((then, at) => read(then, [I, J, K][at]!)));
      expect(findings).toEqual([{ detector: 'many-intakes', member: ANN, first: ids[0], last: ids[2], from: minute(times[0]), until: minute(times[2]), entries: 3, intakes: 3 }]);
    }
  });

  it('are not one fewer, the same ones again, those of several members, nor a whole hour apart', async () => {
    for (const quiet of [
      [read(0, I), read(20, J)],
      [read(0, I), read(1, I), read(2, J), read(3, J), read(4, I)],
      [read(0, I), read(1, J, BEN), read(2, K)],
      [read(0, I), read(30, J), read(60, K)],
    ]) expect((await look('many-intakes', quiet)).findings).toEqual([]);
  });

  it('are one finding while they go on, and two with an hour between', async () => {
    const goes = [0, 20, 40, 60, 80].map((at, i) => read(at, [I, J, K, L, I][i]!));
    const again = [300, 310, 320].map((at, i) => read(at, [I, J, K][i]!));
    const { findings } = await look('many-intakes', [...goes, ...again]);
    expect(findings.map(({ entries, intakes, until }) => [entries, intakes, until])).toEqual([[3, 3, minute(320)], [5, 3, minute(80)]]);
  });

  it('are counted as by hand, whatever was read when', async () => {
    const drawn = fc.array(fc.record({ minute: fc.nat(200), intake: fc.constantFrom(I, J, K, L), member: fc.constantFrom(ANN, BEN) }), { maxLength: 14 });
    const check = fc.asyncProperty(drawn, fc.integer({ min: 2, max: 4 }), async (reads, manyIntakes) => {
      const sorted = reads.toSorted((a, b) => a.minute - b.minute);
      const { findings } = await look('many-intakes', sorted.map((one) => read(one.minute, one.intake, one.member)), { manyIntakes });
      for (const member of [ANN, BEN]) {
        const own = sorted.filter((one) => one.member === member);
        const inHour = (end: number) => new Set(own.filter(({ minute: then }) => then > end - 60 && then <= end).map(({ intake }) => intake)).size;
        const most = Math.max(0, ...own.map((one) => inHour(one.minute)));
        const mine = findings.filter((finding) => finding.member === member);
        expect(Math.max(0, ...mine.map(({ intakes }) => intakes!))).toBe(most >= manyIntakes ? most : 0);
        for (const { minute: then } of own.filter((one) => inHour(one.minute) >= manyIntakes)) {
          expect(mine.filter(({ from, until }) => from <= minute(then) && minute(then) <= until)).toHaveLength(1);
        }
      }
    });
    await fc.assert(check, { numRuns: 40 });
  });
});

describe('answers read outside the site’s hours', () => {
  const clock = (hours: number, minutes = 0) => (hours - 10) * 60 + minutes;

  it('are found before it opens, from when it closes, and on days on which it is closed', async () => {
    for (const then of [clock(7, 59), clock(20), clock(5 * 24 + 12), clock(6 * 24 + 12)]) {
      const { findings, ids } = await look('outside-hours', [read(then, I)]);
      expect(findings).toEqual([{ detector: 'outside-hours', member: ANN, first: ids[0], last: ids[0], from: minute(then), until: minute(then), entries: 1, intakes: 1 }]);
    }
  });

  it('are not from when it opens to the minute before it closes', async () => {
    expect((await look('outside-hours', [read(clock(8), I), read(clock(19, 59), J), read(clock(4 * 24 + 12), K)])).findings).toEqual([]);
  });

  it('go by the site’s clocks, summer time too, and count together by member and day', async () => {
    // 14 March 2027 is a Sunday on which clocks go forward; the Monday after it, 8 o'clock is an hour earlier in UTC.
    const monday = Date.parse('2027-03-15T12:00:00Z');
    const then = (monday - MONDAY.getTime()) / MINUTE;
    expect((await look('outside-hours', [read(then, I)])).findings).toEqual([]);
    expect((await look('outside-hours', [read(then - 1, I)])).findings).toHaveLength(1);
    const many = [read(clock(21), I), read(clock(22), J), read(clock(23), I, BEN), read(clock(24 + 21), K)];
    const { findings } = await look('outside-hours', many);
    expect(findings.map(({ member, entries, intakes }) => [member, entries, intakes])).toEqual([[ANN, 1, 1], [BEN, 1, 1], [ANN, 2, 2]]);
  });
});

describe('numbers opened', () => {
  it('are found wherever a reading names them, by member and day', async () => {
    const numbers = { classes: ['contact', 'credentials'], fields: ['contact.phone', 'taxpayer.taxpayerId'] } as const;
    const { findings } = await look('credentials-opened', [read(0, I, ANN, numbers), read(1, J, ANN, { classes: ['credentials'], fields: ['bank.account'] }), read(2, K), saved(3, I)]);
    expect(findings).toMatchObject([{ member: ANN, entries: 2, intakes: 2, from: minute(0), until: minute(1) }]);
  });
});

describe('intakes opened without a change', () => {
  it('are found from the number on that the site has set, on one day', async () => {
    expect((await look('reads-without-change', [read(0, I), read(5, J)])).findings).toMatchObject([{ member: ANN, entries: 2, intakes: 2 }]);
    expect((await look('reads-without-change', [read(0, I), read(5, I)])).findings).toEqual([]);
    expect((await look('reads-without-change', [read(0, I), read(24 * 60, J)])).findings).toEqual([]);
  });

  it('are none with a save or a stage of the same member within the hour before or after', async () => {
    for (const change of [saved(60, I), staged(60, I)]) expect((await look('reads-without-change', [read(0, I), read(5, J), change])).findings).toEqual([]);
    expect((await look('reads-without-change', [saved(-60, I), read(0, I), read(5, J)])).findings).toEqual([]);
  });

  it('stay so by a later save, another member’s or that of another intake', async () => {
    for (const change of [saved(61, I), saved(10, I, BEN), saved(10, K)]) {
      expect((await look('reads-without-change', [read(0, I), read(5, J), change])).findings).toHaveLength(1);
    }
    expect((await look('reads-without-change', [saved(-61, I), read(0, I), read(5, J)])).findings).toHaveLength(1);
  });

  it('are not judged before the hour is over', async () => {
    const { site } = await look('reads-without-change', [read(0, I), read(5, J)]);
    const until = (before: Date) => fixture.databases.records.inSite(site, (tx) => DETECT['reads-without-change'](tx, { from: minute(-60), before }, RULES));
    expect(await until(minute(65))).toEqual([]);
    expect(await until(minute(66))).toHaveLength(1);
  });
});

describe('sign-ins that fail again and again', () => {
  it('are found for one account, from the number on that the site has set', async () => {
    const { findings, ids } = await look('failed-sign-ins', [failed(0, ANN), failed(10, ANN), failed(59, ANN), failed(20, BEN)]);
    expect(findings).toEqual([{ detector: 'failed-sign-ins', member: ANN, first: ids[0], last: ids[2], from: minute(0), until: minute(59), entries: 3 }]);
    expect((await look('failed-sign-ins', [failed(0, BEN), failed(10, BEN), failed(60, BEN)])).findings).toEqual([]);
    expect((await look('failed-sign-ins', [failed(0, BEN), failed(10, ANN), failed(20, BEN)])).findings).toEqual([]);
  });

  it('are found together for accounts that nobody here has, at every site', async () => {
    const start = 3 * 24 * 60;
    const { findings } = await look('failed-sign-ins', [failed(start), failed(start + 1), failed(start + 2)]);
    expect(findings).toEqual([expect.objectContaining({ entries: 3, from: minute(start) })]);
    expect(findings[0]).not.toHaveProperty('member');
    expect(await at(randomUUID(), 'failed-sign-ins')).toHaveLength(1);
  });
});

describe('attempts that were refused', () => {
  it('are found with what was asked for, from the number on that the site has set, on one day', async () => {
    const { findings } = await look('refused-attempts', [refused(0, 'intake.read'), refused(60, 'hold.place'), refused(61, 'hold.place', BEN)]);
    expect(findings).toMatchObject([{ member: ANN, entries: 2, permissions: ['hold.place', 'intake.read'] }]);
    expect((await look('refused-attempts', [refused(0, 'intake.read'), refused(24 * 60, 'intake.read')])).findings).toEqual([]);
  });

  it('pass over details that are no JSON, as failed sign-ins do', async () => {
    const { ids, site } = await look('failed-sign-ins', [...[7200, 7201, 7202, 7203].map((then) => failed(then, ANN)), refused(7203, 'intake.read'), refused(7203, 'hold.place')]);
    await fixture.databases.recordsOwner(`UPDATE log_part SET subject = 'x', context = '{' WHERE entry_id = ANY ($1)`, [[ids[0], ids[4]]]);
    expect((await at(site, 'failed-sign-ins')).filter(({ member }) => member === ANN)).toMatchObject([{ entries: 3, first: ids[1] }]);
    expect(await at(site, 'refused-attempts')).toMatchObject([{ entries: 2, permissions: ['hold.place'] }]);
  });
});

describe('a reading of several intakes', () => {
  it('opens each of them, once filed and before', async () => {
    const { findings, ids, site } = await look('many-intakes', [page(0, [I, J, K]), page(5, [K, L])]);
    const expected = [{ detector: 'many-intakes', member: ANN, first: ids[0], last: ids[1], from: minute(0), until: minute(5), entries: 2, intakes: 4 }];
    expect(findings).toEqual(expected);
    await fixture.sequencer.drain();
    expect(await at(site, 'many-intakes')).toEqual(expected);
    expect((await look('many-intakes', [page(0, [I, J]), read(5, J)])).findings).toEqual([]);
  });

  it('counts what a list shows outside the site’s hours, and entries that name no intake too', async () => {
    const pages = [[I, J, K], []].map((intakes) => page(-7 * 60, intakes, ANN, 'intake.listed'));
    const { site } = await look('outside-hours', [...pages, read(-7 * 60 + 1, K)]);
    for (const wait of [false, true]) {
      if (wait) await fixture.sequencer.drain();
      expect(await at(site, 'outside-hours')).toMatchObject([{ member: ANN, entries: 3, intakes: 3 }]);
    }
  });

  it('opens numbers of each of them', async () => {
    const list: Planted = { minute: 0, entry: (site) => ({ kind: 'answers.read', ...by(ANN), subject: { site, intakes: [I, J], classes: ['preparer_list'], fields: ['taxpayer.taxpayerId'] }, context: { purpose: 'print' } }) };
    expect((await look('credentials-opened', [list, read(1, J, ANN, { classes: ['credentials'], fields: ['bank.account'] })])).findings).toMatchObject([{ entries: 2, intakes: 2 }]);
  });

  it('is one without a change, but for those of them that were changed', async () => {
    expect((await look('reads-without-change', [page(0, [I, J])])).findings).toMatchObject([{ member: ANN, entries: 1, intakes: 2 }]);
    expect((await look('reads-without-change', [page(0, [I, J]), read(1, K), saved(10, I)])).findings).toMatchObject([{ entries: 2, intakes: 2 }]);
    expect((await look('reads-without-change', [page(0, [I, J]), saved(10, I)])).findings).toEqual([]);
  });
});

describe('what stands out at a site', () => {
  it('is nothing of another site’s', async () => {
    const { site } = await look('many-intakes', [read(0, I), read(1, J), read(2, K), refused(3, 'intake.read'), refused(4, 'intake.read')]);
    for (const detector of Object.keys(DETECT) as DetectorName[]) {
      if (detector !== 'failed-sign-ins') expect([detector, await at(randomUUID(), detector)]).toEqual([detector, []]);
    }
    expect(await at(site, 'refused-attempts')).toHaveLength(1);
  });
});
