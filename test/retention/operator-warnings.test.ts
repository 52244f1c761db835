import { mkdirSync, mkdtempSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessLog } from '../../src/audit/append-entry.js';
import { sequenceEntries } from '../../src/audit/sequence-entries.js';
import { StallGate } from '../../src/audit/stall-gate.js';
import { noteVerification } from '../../src/audit/verify/verifications.js';
import { day } from '../../src/platform/clock.js';
import { EventLog } from '../../src/platform/event-log.js';
import { clockWarnings } from '../../src/retention/warnings/clock-warnings.js';
import { diskWarnings, readDisks } from '../../src/retention/warnings/disk-warnings.js';
import type { OperatorWarning } from '../../src/retention/warnings/operator-warning.js';
import { OperatorWarnings } from '../../src/retention/warnings/operator-warnings.js';
import { runWarnings } from '../../src/retention/warnings/run-warnings.js';
import { SayWarnings } from '../../src/retention/warnings/say-warnings.js';
import { bringBack, sendAway } from '../support/database-away.js';
import { TestClock } from '../support/test-clock.js';
import { NOON, PurgeWorld } from './purge-world.js';

describe('operators', () => {
  let world: PurgeWorld;
  let clock: TestClock;
  beforeEach(async () => {
    clock = new TestClock(NOON);
    world = await PurgeWorld.make(clock);
  });
  afterEach(() => world.close());

  /** The disk of the machine that tests run on is its own affair. */
  async function warnings(): Promise<readonly OperatorWarning[]> {
    const { records, settings } = world.databases;
    const report = await new OperatorWarnings(records, world.keyStore, settings, clock, world.signer).read();
    expect(report.unseen).toEqual(['database-disks']);
    return report.warnings.filter(({ kind }) => kind !== 'disk-filling');
  }

  /** As the service's loops do all the time. */
  async function sign(): Promise<unknown> {
    // The world's own sequencer may be at it, and then this pass takes nothing.
    while ((await world.databases.recordsOwner('SELECT FROM log_pending LIMIT 1')).length > 0) await world.databases.records.acrossSites(sequenceEntries);
    return world.signer.sign().catch(() => undefined);
  }

  async function copyTaken(store: 'records' | 'keys'): Promise<void> {
    const entry = { kind: 'backup.taken', actor: { system: 'command' }, subject: {}, context: { store } } as const;
    await world.databases.records.acrossSites((tx) => new AccessLog(clock, new StallGate()).append(tx, entry));
  }

  it('are told of a night without a finished run, and no more once it has finished', async () => {
    expect(await warnings()).toMatchObject([{ kind: 'run-late', severity: 'serious', site: world.siteId, lastDay: '2027-01-05' }]);
    expect((await world.purge().execute('nightly')).state).toBe('finished');
    expect(await warnings()).toEqual([]);
  });

  it('are told of a run that failed on a place of the master file that went away, and of that place', async () => {
    await world.purge().execute('nightly');
    const file = join(world.databases.settings.secretsDirectories[0], 'master.key');
    const failed = await world
      .purge((step) => {
        if (step === 'master') renameSync(file, `${file}.away`);
      })
      .execute('nightly');
    expect(failed).toMatchObject({ state: 'failed', reason: 'master-unreachable' });
    expect(await warnings()).toMatchObject([
      { kind: 'run-failed', severity: 'serious', run: failed.id, reason: 'master-unreachable' },
      { kind: 'master-unreachable', severity: 'serious', location: 1 },
    ]);
    renameSync(`${file}.away`, file);
    await world.purge().execute('nightly');
    expect(await warnings()).toEqual([]);
  });

  it('are told of a key store without a copy of its own since the last run', async () => {
    await world.purge().execute('nightly');
    await sign();
    clock.setTo(new Date(NOON.getTime() + 3 * 3_600_000));
    expect(await warnings()).toEqual([{ kind: 'key-store-uncopied', severity: 'warning' }]);
    await copyTaken('records');
    expect(await warnings()).toHaveLength(1);
    await copyTaken('keys');
    expect(await warnings()).toEqual([]);
    await world.purge().execute('nightly');
    await sign();
    clock.setTo(new Date(NOON.getTime() + 6 * 3_600_000));
    expect(await warnings()).toEqual([{ kind: 'key-store-uncopied', severity: 'warning' }]);
  });

  it('are told of restored records', async () => {
    await world.purge().execute('nightly');
    await world.databases.keysOwner(
      `INSERT INTO restored_records (found_at, difference, found_size, known_size, known_at) VALUES (now(), 'log-shorter', 1, 2, now())`,
    );
    expect(await warnings()).toEqual([{ kind: 'records-restored', severity: 'serious' }]);
  });

  it('are told where hashes of the log are missing, and no more once they are there', async () => {
    await world.purge().execute('nightly');
    const { records, recordsOwner } = world.databases;
    await records.acrossSites(sequenceEntries);
    const [row] = await recordsOwner<{ entry_id: number; leaf_hash: Buffer }>('DELETE FROM log_index WHERE index = 1 RETURNING entry_id, leaf_hash');
    expect(await warnings()).toEqual([{ kind: 'log-hashes-missing', severity: 'serious', entry: 1 }]);
    await recordsOwner('INSERT INTO log_index (index, entry_id, leaf_hash) VALUES (1, $1, $2)', [row!.entry_id, row!.leaf_hash]);
    expect(await warnings()).toEqual([]);
  });

  it('are told of a log that is signed no more, at once with the reason, and what was rolled back is not called well', async () => {
    await world.purge().execute('nightly');
    await sign();
    expect(await warnings()).toEqual([]);
    const { recordsOwner } = world.databases;
    const [head] = await recordsOwner<{ size: number; frontier: Buffer }>('SELECT size, frontier FROM log_head');
    await recordsOwner(`UPDATE log_head SET size = 0, frontier = ''`);
    await sign();
    expect(await warnings()).toMatchObject([{ kind: 'log-unsigned', severity: 'serious', fault: 'LOG_ROLLED_BACK' }]);
    await recordsOwner('UPDATE log_head SET size = $1, frontier = $2', [head!.size, head!.frontier]);
    await sign();
    expect(await warnings()).toEqual([]);
  });

  it('are told of a log that is signed no more by what has waited for minutes, whatever keeps the signer from it', async () => {
    await world.purge().execute('nightly');
    await sign();
    const [secrets] = world.databases.settings.secretsDirectories;
    const inTheWay = join(secrets, `log-signed-last.json.${process.pid}.new`);
    mkdirSync(inTheWay); // as on a full disk: what is signed cannot be noted, which is no fault of the log
    await copyTaken('keys');
    await sign();
    expect([world.signer.fault?.code, await warnings()]).toEqual([undefined, []]);
    clock.setTo(new Date(clock.now().getTime() + 6 * 60_000));
    expect(await warnings()).toEqual([{ kind: 'log-unsigned', severity: 'serious', minutes: 6 }]);
    rmSync(inTheWay, { recursive: true });
    await sign();
    expect(await warnings()).toEqual([]);
  });

  it('are told of what the newest verification found, and no more once one finds nothing', async () => {
    await world.purge().execute('nightly');
    const { records, recordsOwner } = world.databases;
    const verified = (found: number, unclear: number) => {
      const done = { subject: 'log', trigger: 'nightly', beganAt: clock.now(), endedAt: clock.now(), lookedAt: 9, signedSize: undefined, found, unclear } as const;
      return records.acrossSites(async (tx) => {
        await noteVerification(tx, done, []);
        await new AccessLog(clock, new StallGate()).append(tx, { kind: 'log.verified', actor: { system: 'run' }, subject: {}, context: { counts: { entries: 9, found, unclear } } });
      });
    };
    await verified(3, 1);
    expect(await warnings()).toEqual([{ kind: 'not-as-written', severity: 'serious', subject: 'log', found: 2 }]);
    await verified(1, 1);
    expect(await warnings()).toEqual([]);
    await verified(1, 0);
    expect(await warnings()).toMatchObject([{ kind: 'not-as-written', subject: 'log', found: 1 }]);
    await recordsOwner('UPDATE verification SET found = 0');
    expect(await warnings()).toMatchObject([{ kind: 'not-as-written', subject: 'log', found: 1 }]); // by the log
    await recordsOwner(`UPDATE verification SET subject = 'sections'`);
    expect(await warnings()).toMatchObject(['log', 'sections'].map((subject) => ({ kind: 'not-as-written', subject, found: 1 }))); // of one there is no row, of the other the log knows nothing
  });

  it('are told on the console once, and once that it is over', async () => {
    const lines: { event: string; kinds: string[]; level: number }[] = [];
    const { records, settings } = world.databases;
    const events = new EventLog(() => clock.now(), { write: (line) => lines.push(JSON.parse(line)) });
    const say = new SayWarnings(new OperatorWarnings(records, world.keyStore, settings, clock, world.signer), events);
    const heard = () => lines.splice(0).map(({ event, kinds }) => [event, kinds.filter((kind) => kind !== 'disk-filling')]);
    await say.look();
    await say.look();
    expect(heard()).toEqual([['operators.warned', ['run-late']]]);
    await world.purge().execute('nightly');
    await say.look();
    await say.look();
    expect(heard()).toEqual([['operators.warned', []]]);
  });

  it('are told what could not be looked at while the key store is away, and of the rest all the same', async () => {
    await sendAway(world.databases, 'keys');
    const found = await warnings();
    await bringBack(world.databases, 'keys');
    expect(found.map((one) => one.kind === 'not-checked' && one.check)).toEqual(['runs', 'key-copy', 'restored']);
  });
});

describe('a run', () => {
  const site = { siteId: 'a', today: day('2027-05-10'), seasonEnd: null, createdDay: day('2027-05-01') };
  const finished = (on: string) => ({
    ...{ id: 'r', state: 'finished', step: 'finished', done: 0, total: 0, trigger: 'nightly', reason: null } as const,
    ...{ startedAt: NOON, finishedAt: NOON, days: { a: day(on) } },
  });

  it('is late three hours after two in the morning at its site, and not before', () => {
    const at = (hour: number, last: string) => runWarnings({ now: NOON, sites: [{ ...site, hour }], doubt: undefined }, [finished(last)]).length;
    expect([at(4, '2027-05-09'), at(5, '2027-05-09'), at(5, '2027-05-10'), at(1, '2027-05-08')]).toEqual([0, 1, 0, 1]);
  });

  it('is not late at a site on the day on which it was opened', () => {
    const opened = { ...site, hour: 23, createdDay: site.today };
    expect(runWarnings({ now: NOON, sites: [opened], doubt: undefined }, [])).toEqual([]);
  });

  it('that a clock began which was ahead stands for no night', () => {
    const ahead = { ...finished('2027-05-12'), startedAt: new Date(NOON.getTime() + 2 * 86_400_000) };
    expect(runWarnings({ now: NOON, sites: [{ ...site, hour: 12 }], doubt: undefined }, [ahead, finished('2027-05-09')])).toMatchObject([
      { kind: 'run-late', lastDay: '2027-05-09' },
    ]);
  });

  it('that waits for its date to be confirmed is told of as such', () => {
    const found = runWarnings({ now: NOON, sites: [{ ...site, hour: 12 }], doubt: 'log-in-future' }, [finished('2027-05-10')]);
    expect(found).toEqual([{ kind: 'date-unconfirmed', severity: 'serious', reason: 'log-in-future' }]);
  });
});

describe('a clock', () => {
  const reading = (saidMs: number) => ({ database: 'keys', said: new Date(saidMs), asked: new Date(0), answered: new Date(90_000) }) as const;

  it('differs when no slow answer explains what it said', () => {
    expect(clockWarnings([reading(-60_000), reading(0), reading(150_000)])).toEqual([]);
    expect(clockWarnings([reading(-61_000), reading(151_000)]).map((one) => one.kind === 'clocks-differ' && one.seconds)).toEqual([61, 61]);
  });
});

describe('a disk', () => {
  it('is read as the system tells it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'thinfile-disk-'));
    const [disk] = await readDisks(new Map([['data', directory]]));
    const { blocks, bsize } = statfsSync(directory);
    rmSync(directory, { recursive: true });
    expect(disk).toMatchObject({ place: 'data', total: blocks * bsize });
    expect(disk!.free).toBeLessThanOrEqual(disk!.total);
    await expect(readDisks(new Map([['data', directory]]))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each([
    ['half full', 50e9, 100e9, undefined],
    ['filling', 9e9, 100e9, 'warning'],
    ['full', 0.9e9, 100e9, 'serious'],
    ['small and filling', 0.5e9, 6e9, 'warning'],
    ['small and full', 0.1e9, 6e9, 'serious'],
    ['of many terabytes, with room', 100e9, 8000e9, undefined],
  ])('that is %s', (_, free, total, severity) => {
    expect(diskWarnings([{ place: 'data', free, total }]).map((one) => one.severity)).toEqual(severity ? [severity] : []);
  });
});
