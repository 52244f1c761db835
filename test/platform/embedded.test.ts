import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAlive, pidExists } from '../../src/platform/embedded/process-identity.js';
import { ask, EMBEDDED_PROCESS, startEmbedded, type EmbeddedProcess } from '../support/embedded.js';

const CLUSTERS = ['records', 'keys'] as const;

let above: string;
let data: string;
let running: EmbeddedProcess | undefined;

/** Clusters are kept from one test to the next: each starts on what the one before has left. */
beforeAll(() => {
  above = mkdtempSync(join(tmpdir(), 'thinfile-embedded-')); // mode 0700, as of a clone that is nobody else's business
  data = join(above, 'var');
});
afterAll(async () => {
  await running?.stop();
  rmSync(above, { recursive: true, force: true });
});

function serverPids(): number[] {
  return CLUSTERS.map((name) => Number(readFileSync(join(data, name, 'postmaster.pid'), 'utf8').split('\n')[0]));
}

describe('embedded PostgreSQL', () => {
  it('begins anew where an earlier first start was cut off', async () => {
    mkdirSync(join(data, 'records.new', 'base'), { recursive: true });
    writeFileSync(join(data, 'records.new', 'PG_VERSION'), '18\n');
    running = await startEmbedded(data);
    for (const name of CLUSTERS) {
      expect(await ask(running[name].service, 'SELECT current_database() AS db')).toEqual([{ db: `thinfile_${name}` }]);
    }
    expect(readdirSync(data).filter((name) => name.includes('.new'))).toEqual([]);
  });

  it('is two clusters with nothing in common', async () => {
    const ids = await Promise.all(CLUSTERS.map((name) => ask<{ id: string }>(running![name].owner, 'SELECT system_identifier AS id FROM pg_control_system()')));
    expect(new Set(ids.map(([row]) => row!.id)).size).toBe(2);
    expect(running!.records.service).not.toContain(new URL(running!.keys.service).password);
    const wrong = new URL(running!.keys.service);
    wrong.password = new URL(running!.records.service).password;
    await expect(ask(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('keeps passwords apart from the clusters, for this user alone, and listens on this machine alone', async () => {
    expect(statSync(join(data, 'secrets')).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(join(data, 'secrets'))) expect(statSync(join(data, 'secrets', file)).mode & 0o777).toBe(0o600);
    for (const name of CLUSTERS) {
      expect(statSync(join(data, name)).mode & 0o077).toBe(0);
      const rows = await ask(
        running![name].owner,
        `SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'unix_socket_directories', 'data_checksums', 'server_encoding') ORDER BY name`,
      );
      expect(rows.map(({ setting }) => setting)).toEqual(['on', '127.0.0.1', 'UTF8', '']);
      const methods = await ask(running![name].owner, 'SELECT DISTINCT auth_method FROM pg_hba_file_rules');
      expect(methods).toEqual([{ auth_method: 'scram-sha-256' }]);
    }
  });

  it('writes neither statements nor values into its log, whatever goes wrong', async () => {
    const secret = 'Zzyzx-Plant-4711';
    const url = running!.records.owner;
    await ask(url, 'CREATE TABLE plant (x text PRIMARY KEY, n int CHECK (n > 0))');
    await ask(url, 'INSERT INTO plant VALUES ($1, 1)', [secret]);
    await expect(ask(url, 'INSERT INTO plant VALUES ($1, 1)', [secret])).rejects.toMatchObject({ code: '23505' });
    await expect(ask(url, 'INSERT INTO plant VALUES ($1, -1)', [`${secret}-2`])).rejects.toMatchObject({ code: '23514' });
    await expect(ask(url, 'SELECT $1::int', [secret])).rejects.toMatchObject({ code: '22P02' });
    await expect(ask(url, `SELECT '${secret}'::int`)).rejects.toMatchObject({ code: '22P02' });
    await expect(ask(url, `DO $$ BEGIN RAISE WARNING '${secret}'; RAISE EXCEPTION '${secret}'; END $$`)).rejects.toMatchObject({ code: 'P0001' });
    for (const name of CLUSTERS) expect(readFileSync(join(data, `${name}.log`), 'utf8')).not.toContain(secret);
  });

  it('refuses a second service on one data directory, and lets a command use the servers that run', async () => {
    await expect(startEmbedded(data)).rejects.toThrow(`Another Thinfile (process ${running!.child.pid}) is running on ${data}.`);
    const command = await startEmbedded(data, true);
    expect(command.records).toEqual(running!.records);
    await command.stop();
    expect(await ask(running!.records.service, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('starts again after the service was killed, without the servers it left behind and with all that was committed', async () => {
    await ask(running!.keys.owner, 'CREATE TABLE kept AS SELECT 42 AS x');
    await running!.kill();
    const orphans = serverPids();
    expect(orphans.map(pidExists)).toEqual([true, true]);
    running = await startEmbedded(data);
    expect(orphans.map(pidExists)).toEqual([false, false]);
    expect(await ask(running.keys.owner, 'SELECT x FROM kept')).toEqual([{ x: 42 }]);
  });

  it('stops with the service, and leaves nothing running', async () => {
    const servers = serverPids();
    await running!.stop();
    running = undefined;
    expect(servers.map(pidExists)).toEqual([false, false]);
    expect(readdirSync(data).sort()).toEqual(['keys', 'keys.log', 'records', 'records.log', 'secrets']);
  });

  it('starts after a power failure, when another process has the number that stands in the lock', async () => {
    for (const name of CLUSTERS) writeFileSync(join(data, name, 'postmaster.pid'), `${process.pid}\n${join(data, name)}\n1\n5432\n\n\n\n`);
    writeFileSync(join(data, 'owner.json'), JSON.stringify({ owner: { pid: process.pid, startedAt: 'long ago' } }));
    running = await startEmbedded(data);
    expect(await ask(running.keys.owner, 'SELECT x FROM kept')).toEqual([{ x: 42 }]);
    await running.stop();
    running = undefined;
  });

  it('lets one of two win that start at the same moment', async () => {
    const both = await Promise.allSettled([startEmbedded(data), startEmbedded(data)]);
    const [winner, ...others] = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(others).toEqual([]);
    expect(await ask(winner!.records.service, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await winner!.stop();
  });
});

const isRoot = process.getuid?.() === 0;

describe(isRoot ? 'embedded PostgreSQL, started by root' : 'embedded PostgreSQL, started by root — NOT RUN, this is an ordinary user', () => {
  const withoutUnshare = { env: { PATH: '/nonexistent' } };

  it('where no user namespace can be made, runs as nobody', async () => {
    if (!isRoot) return;
    const place = mkdtempSync(join(tmpdir(), 'thinfile-nobody-'));
    chmodSync(place, 0o711);
    try {
      const service = await startEmbedded(join(place, 'var'), false, withoutUnshare);
      expect(await ask(service.keys.service, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      expect(statSync(join(place, 'var', 'keys')).uid).toBe(65_534);
      expect(statSync(join(place, 'var', 'secrets')).uid).toBe(0);
      await service.kill();
      const again = await startEmbedded(join(place, 'var'), false, withoutUnshare);
      expect(await ask(again.keys.service, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await again.stop();
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });

  it('says what to do where nobody cannot reach the data directory', async () => {
    if (!isRoot) return;
    await expect(startEmbedded(join(above, 'unreachable'), false, withoutUnshare)).rejects.toThrow(/the user nobody cannot reach .*THINFILE_DATA/s);
  });

  it('runs for an ordinary user as well', async () => {
    if (!isRoot) return;
    const nobody = { uid: 65_534, gid: 65_534 };
    if (spawnSync(process.execPath, ['--check', EMBEDDED_PROCESS], nobody).status !== 0) {
      return console.warn('not run: this clone is below a folder that only root may enter');
    }
    const place = mkdtempSync(join(tmpdir(), 'thinfile-ordinary-'));
    chmodSync(place, 0o777);
    try {
      const service = await startEmbedded(join(place, 'var'), false, nobody);
      expect(await ask(service.records.service, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await service.stop();
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });
});

describe('a process that was killed and that its parent has not looked after', () => {
  it('owns nothing any more', async () => {
    if (!existsSync('/proc/self')) return console.warn('not run: this system does not show its processes');
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      const pid = Number(line.toString());
      // A shell looks after its children; what it becomes does not, and only then is the death left as it is.
      const stillAShell = () => readFileSync(`/proc/${String(parent.pid)}/comm`, 'utf8').trim() !== 'sleep';
      for (let tries = 0; tries < 500 && stillAShell(); tries += 1) await sleep(20);
      expect(stillAShell()).toBe(false);
      const startedAt = `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[21]}`;
      expect(isAlive({ pid, startedAt })).toBe(true);
      process.kill(pid, 'SIGKILL');
      for (let tries = 0; tries < 100 && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '); tries += 1) await sleep(20);
      expect(isAlive({ pid, startedAt })).toBe(false);
    } finally {
      parent.kill('SIGKILL');
    }
  });
});
