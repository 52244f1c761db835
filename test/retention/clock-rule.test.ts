import { afterEach, describe, expect, it } from '@jest/globals';
import { AccessLog } from '../../src/audit/append-entry.js';
import type { LogEntry } from '../../src/audit/entry.js';
import { StallGate } from '../../src/audit/stall-gate.js';
import { addDays, Clock, day, dayIn, type Day } from '../../src/platform/clock.js';
import type { ClockDoubt } from '../../src/retention/destruction-day.js';
import { isRunMissing } from '../../src/retention/nightly.js';
import type { PurgeRun } from '../../src/retention/purge-run.js';
import { isVerificationMissing } from '../../src/retention/verification/nightly-verification.js';
import { TestClock } from '../support/test-clock.js';
import { PurgeWorld, TODAY } from './purge-world.js';

/** A process clock that somebody turned, on a machine whose databases have the right time. */
class TurnedClock extends Clock {
  constructor(days: number) {
    super(days * 86_400_000, false);
  }
}

describe('the day of destruction', () => {
  let world: PurgeWorld;
  afterEach(() => world.close());

  it('is the earliest of the clocks: a process clock turned forward destroys nothing early', async () => {
    world = await PurgeWorld.make(Clock.system());
    const today = realToday();
    const soon = await world.plant({ notes: addDays(today, 5) }, addDays(today, -1));
    const turned = new TurnedClock(40);
    expect((await world.destructionDay(turned).read()).sites[0]!.today).toBe(today);
    expect(await world.purge(undefined, turned).execute('command')).toMatchObject({ state: 'finished' });
    expect(await world.opens(soon, 'notes')).toBe(true);
  });

  it('is the process clock where that is behind the databases', async () => {
    world = await PurgeWorld.make(new TurnedClock(-2));
    expect((await world.destructionDay().read()).sites[0]!.today).toBe(addDays(realToday(), -2));
  });

  it('is the set clock, without asking, in a demonstration', async () => {
    world = await PurgeWorld.make();
    await world.databases.keysOwner(`UPDATE key_store SET last_run_day = '2027-01-01'`);
    expect(await world.destructionDay().read()).toMatchObject({ runDay: TODAY, doubt: undefined });
  });

  it('waits for an administrator when the newest log entry lies in the future', async () => {
    world = await PurgeWorld.make(Clock.system());
    const due = await world.plant({ notes: realToday() }, addDays(realToday(), -5));
    await world.databases.recordsOwner(`UPDATE log_entry SET at = now() + interval '1 day'`);
    const waiting = await world.purge().execute('nightly');
    expect(waiting).toMatchObject({ state: 'waiting', reason: 'log-in-future' });
    expect(await world.logged(waiting.id)).toEqual([]);
    expect(await world.opens(due, 'notes')).toBe(true);
  });

  it('is asked for once while a doubt lasts, and the night has its run as soon as it is gone by itself', async () => {
    world = await PurgeWorld.make(Clock.system());
    const { recordsOwner } = world.databases;
    const zone = ['America/Chicago', 'Asia/Tokyo'].find((name) => hourIn(name) >= 2); // somewhere it is past two in the morning
    await recordsOwner(`UPDATE site SET time_zone = $1, created_day = '2020-01-05'`, [zone]);
    // Another process of the service, whose clock is so much ahead.
    const write = (entry: LogEntry, minutes: number) => world.databases.records.acrossSites((tx) => new AccessLog(new TurnedClock(minutes / 1440), new StallGate()).append(tx, entry));
    await write({ kind: 'site.changed', actor: { system: 'command' }, subject: { site: world.siteId }, context: { rules: { timeZone: zone! } } }, 0);
    const writeAt = (minutes: number) => write({ kind: 'backup.taken', actor: { system: 'command' }, subject: {}, context: { store: 'keys' } }, minutes);
    await world.signer.sign();
    const nightly = world.nightly();
    const states = async () => (await world.runs.recent(9)).map(({ state }) => state);

    for (const outcome of [expect.objectContaining({ state: 'waiting', reason: 'log-in-future' }), undefined]) {
      await writeAt(2);
      expect(await nightly.catchUp()).toEqual(outcome);
    }
    expect(await states()).toEqual(['waiting']);
    await writeAt(0);
    expect(await nightly.catchUp()).toEqual({ id: expect.any(String), state: 'finished' });
    expect(await nightly.catchUp()).toBeUndefined();
    expect(await states()).toEqual(['finished', 'waiting']);
  });

  it('has its run every night again after a run that was begun while the clocks were ahead, also in the night that it stood for', async () => {
    const noon = new Date('2027-03-10T18:00:00Z');
    const clock = new TestClock(addHours(noon, 49));
    world = await PurgeWorld.make(clock);
    await world.databases.recordsOwner(`UPDATE site SET created_day = '2027-03-01'`);
    await world.signer.sign();
    await world.purge().execute('command');
    const ranOn = async () => (await world.runs.recent(9)).map(({ days }) => days[world.siteId]);
    expect(await ranOn()).toEqual(['2027-03-12']);
    for (const hours of [0, 1, 24, 48, 50]) {
      clock.setTo(addHours(noon, hours));
      await world.nightly().catchUp();
    }
    expect(await ranOn()).toEqual(['2027-03-12', '2027-03-11', '2027-03-10', '2027-03-12']);
  });

  it('is of a run that began when the clocks of the databases said, where that of its process is ahead', async () => {
    world = await PurgeWorld.make(new TurnedClock(2));
    const { id } = await world.purge().execute('command');
    expect((await world.runs.find(id))!.startedAt.getTime()).toBeLessThan(Clock.system().now().getTime() + 60_000);
  });

  it('waits after more than three days without a run, until the date is confirmed', async () => {
    world = await PurgeWorld.make(Clock.system());
    const today = realToday();
    const due = await world.plant({ notes: today }, addDays(today, -5));
    expect(await world.purge().execute('nightly')).toMatchObject({ state: 'finished' }); // the first run ever asks nobody
    await setLastRun(addDays(today, -3));
    expect((await world.destructionDay().read()).doubt).toBeUndefined();
    await setLastRun(addDays(today, -4));
    const next = await world.plant({ notes: today }, addDays(today, -5));
    const waiting = await world.purge().execute('nightly');
    expect(await world.runs.find(waiting.id)).toMatchObject({ state: 'waiting', step: 'clock', reason: 'long-since-last-run' });
    expect(await world.opens(next, 'notes')).toBe(true);

    await expect(world.purge().execute('page', undefined, addDays(today, 1))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const confirmed = await world.purge().execute('page', undefined, today);
    expect(confirmed.state).toBe('finished');
    expect(await world.logged(confirmed.id)).toEqual(['clock.confirmed', 'purge.intended', 'bucket.destroyed', 'purge.finished']);
    expect(await world.opens(due, 'notes')).toBe(false);
    expect(await world.opens(next, 'notes')).toBe(false);
    expect((await world.destructionDay().read()).doubt).toBeUndefined();
  });

  function setLastRun(on: Day): Promise<unknown> {
    return world.databases.keysOwner('UPDATE key_store SET last_run_day = $1', [on]);
  }

  function realToday(): Day {
    return dayIn('America/Chicago', Clock.system().now());
  }
});

const now = Clock.system().now();

describe('the nightly verification', () => {
  it.each([
    ['where there never was one', 3, '2027-01-05', undefined, true],
    ['not at a site made today', 3, TODAY, undefined, false],
    ['not before two in the morning', 1, '2027-01-05', undefined, false],
    ['after one of the night before', 2, '2027-01-05', 23.9, true],
    ['not again in the same night', 3, '2027-01-05', 1.1, false],
    ['not again in the evening', 23, '2027-01-05', 21.5, false],
    ['late, where the service was down at night', 15, '2027-01-05', 37, true],
    ['where the last was begun by a clock that was a month ahead', 3, '2027-01-05', -700, true],
    ['not where it was begun by one that is a little ahead', 3, '2027-01-05', -0.2, false],
  ])('is missing %s', (_what, hour, created, hours, missing) => {
    const site = { today: TODAY, hour, createdDay: day(created) };
    expect(isVerificationMissing([site], hours === undefined ? undefined : hoursAgo(hours), now)).toBe(missing);
  });
});

describe('the nightly run', () => {
  const siteId = '6f1c0b1e-0000-4000-8000-000000000001';
  const site = { siteId, today: TODAY, hour: 3, seasonEnd: null, createdDay: day('2027-01-05') };

  const [ahead, long] = ['log-in-future', 'long-since-last-run'] as const;
  const waitingFor = (reason: ClockDoubt) => ({ state: 'waiting', reason, days: { [siteId]: TODAY } }) as const;
  it.each<[string, Partial<typeof site>, readonly Partial<PurgeRun>[], boolean, ClockDoubt?]>([
    ['a site that never had one', {}, [], true],
    ['a site made today', { createdDay: TODAY }, [], false],
    ['a site before two in the morning', { hour: 1 }, [], false],
    ['a night after the last', {}, [{ days: { [siteId]: addDays(TODAY, -1) } }], true],
    ['many nights missed', {}, [{ days: { [siteId]: addDays(TODAY, -9) } }], true],
    ['a day that had its run', {}, [{ days: { [siteId]: TODAY } }], false],
    ['a run that waits for its date', {}, [waitingFor(long)], false, long],
    ['a run that waited, and the doubt is gone', {}, [waitingFor(ahead)], true],
    ['a run that waited for one reason, and there is another', {}, [waitingFor(ahead)], true, long],
    ['runs that waited for both reasons', {}, [waitingFor(long), waitingFor(ahead)], false, ahead],
    ['a run that waited last night', {}, [{ ...waitingFor(long), days: { [siteId]: addDays(TODAY, -1) } }], true, long],
    ['a day that had its run before the doubt', {}, [{ days: { [siteId]: TODAY } }], false, ahead],
    ['a run that just failed', {}, [{ state: 'failed', days: { [siteId]: TODAY } }], false],
    ['a run that failed over an hour ago', {}, [{ state: 'failed', startedAt: hoursAgo(2), days: { [siteId]: TODAY } }], true],
    ['a run of a later day, by a clock that was ahead', {}, [{ startedAt: hoursAgo(-48), days: { [siteId]: addDays(TODAY, 2) } }], true],
    ['a run that failed by a clock that was ahead', {}, [{ state: 'failed', startedAt: hoursAgo(-48), days: { [siteId]: addDays(TODAY, 2) } }], true],
    ['a run cut short by the end of its process', {}, [{ state: 'running', days: { [siteId]: TODAY } }], true],
  ])('%s', (_what, change, runs, missing, doubt: ClockDoubt | undefined = undefined) => {
    const recent = runs.map((run) => ({ state: 'finished', startedAt: now, ...run }) as PurgeRun);
    expect(isRunMissing([{ ...site, ...change }], recent, now, doubt)).toBe(missing);
  });
});

function hourIn(timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now));
}

function addHours(instant: Date, hours: number): Date {
  return new Date(instant.getTime() + hours * 3_600_000);
}

function hoursAgo(hours: number): Date {
  return new Date(now.getTime() - hours * 3_600_000);
}
