import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findBinaries } from '../../src/platform/embedded/binaries.js';
import { startCluster, type RunningCluster } from '../../src/platform/embedded/cluster.js';
import { launcher } from '../../src/platform/embedded/unprivileged.js';
import { writeBackup } from '../../src/platform/backup/backup-file.js';
import { unpackBackup } from '../../src/platform/backup/unpack-backup.js';
import { EmbeddedWorld } from '../crash/embedded-world.js';
import { must } from '../crash/people.js';
import { dropSpare, nextService, type RunningService } from '../crash/running-service.js';
import { ask } from '../support/embedded.js';

/** A synchronous standby of the key store, as an operator sets one up from a backup. */
class Standby {
  private running: RunningCluster | undefined;

  private constructor(
    private readonly world: EmbeddedWorld,
    private readonly start: () => Promise<RunningCluster>,
  ) {}

  static async of(world: EmbeddedWorld): Promise<Standby> {
    const primary = new URL(world.urls.keys.owner);
    const [backups, directory] = [join(world.data, 'backups'), join(world.data, 'standby')];
    mkdirSync(backups);
    const file = await writeBackup({ kind: 'keys', ownerUrl: primary.href, directory: backups, at: new Date(), progress: () => undefined });
    const launch = launcher(await findBinaries(), world.data);
    await unpackBackup({ kind: 'keys', file, directory, own: (path) => launch.own(path) });
    writeFileSync(join(directory, 'standby.signal'), '', { mode: 0o600 });
    launch.own(join(directory, 'standby.signal'));
    const conninfo = `host=127.0.0.1 port=${primary.port} user=${primary.username} password=${primary.password} application_name=standby`;
    const place = { directory, logFile: join(world.data, 'standby.log'), ownerPassword: primary.password, options: { primary_conninfo: conninfo } };
    const standby = new Standby(world, () => startCluster(launch, place));
    await standby.up();
    await standby.waitedFor(true);
    return standby;
  }

  /** Does a commit wait for it? */
  async waitedFor(is: boolean): Promise<void> {
    for (const sql of [`ALTER SYSTEM SET synchronous_standby_names = '${is ? 'standby' : ''}'`, 'SELECT pg_reload_conf()']) await ask(this.world.urls.keys.owner, sql);
  }

  /** Replies once it streams. */
  async up(): Promise<void> {
    this.running = await this.start();
    while ((await ask(this.world.urls.keys.owner, 'SELECT FROM pg_stat_replication')).length === 0) await sleep(50);
  }

  async down(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }

  url(user: 'service' | 'owner'): string {
    const url = new URL(this.world.urls.keys[user]);
    url.port = String(this.running!.port);
    return url.href;
  }
}

let world: EmbeddedWorld;
let standby: Standby;
let promoted: RunningService | undefined;
beforeAll(async () => {
  world = await EmbeddedWorld.founded();
  standby = await Standby.of(world);
}, 120_000);
afterAll(async () => {
  await promoted?.process.end('SIGTERM');
  await standby?.waitedFor(false);
  await standby?.down();
  await world.close();
  await dropSpare();
}, 120_000);

const warnings = async (): Promise<readonly string[]> => {
  const { body } = must(await world.service.ask('GET', '/api/retention/warnings', undefined, world.administrator.token), 200);
  return (body.warnings as { kind: string }[]).map(({ kind }) => kind).filter((kind) => /standby|key-store/.test(kind));
};
const enter = (firstName: string) => world.service.ask('POST', '/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName } } }, world.preparer.token);

describe('a synchronous standby of the key store', () => {
  it('stands for a fresh copy: nobody is warned', async () => {
    world.moveDays(1);
    const { body } = must(await world.service.ask('POST', '/api/retention/runs', {}, world.administrator.token), 202);
    let state = 'running';
    while (state === 'running') {
      await sleep(50);
      ({ state } = (await world.service.ask('GET', `/api/retention/runs/${body.id}`, undefined, world.administrator.token)).body);
    }
    world.moveDays(1);
    expect([state, await warnings()]).toEqual(['finished', []]);
  }, 60_000);

  it('has every commit before it is answered, and every destruction', async () => {
    const { body } = must(await enter('Robin'), 201);
    const shares = `SELECT FROM life_share WHERE intake_id = '${body.id}'`;
    const buckets = 'SELECT id FROM bucket ORDER BY id';
    // It is on the standby's disk; a reader there sees it a moment later.
    for (let tries = 0; tries < 100 && (await ask(standby.url('owner'), shares)).length === 0; tries++) await sleep(20);
    expect(await ask(standby.url('owner'), shares)).toHaveLength(9);
    expect(await ask(standby.url('owner'), buckets)).toEqual(await ask(world.urls.keys.owner, buckets));
  }, 60_000);

  it('that goes away is told of; what is saved meanwhile is acknowledged when it is back', async () => {
    await standby.down();
    expect(await warnings()).toEqual(['standby-away']);
    const saving = enter('Ana').then(({ status }) => status);
    expect(await Promise.race([saving, sleep(1500).then(() => 'no answer yet')])).toBe('no answer yet');
    await standby.up();
    expect(await saving).toBe(201);
    expect(await warnings()).toEqual([]);
  }, 60_000);

  it('takes the place of a key store that is lost: all that is alive opens', async () => {
    const { body } = must(await enter('Luz'), 201);
    await ask(standby.url('owner'), 'SELECT pg_promote()');
    const keys = { service: standby.url('service'), owner: standby.url('owner') };
    const settings = { dataDirectory: world.data, secretsDirectories: world.secrets, port: 0, allowNeverIssuedNumbers: true, databases: { records: world.urls.records, keys } };
    promoted = await nextService().start({ settings, clock: join(world.data, 'clock-offset') });
    const read = must(await promoted.ask('GET', `/api/intakes/${body.id}?fields=taxpayer`, undefined, world.preparer.token), 200);
    expect(read.body.answers).toEqual({ taxpayer: { firstName: 'Luz' } });
  }, 60_000);
});
