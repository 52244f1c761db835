import { spawnSync } from 'node:child_process';
import { join as pathOf } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MasterFile } from '../../src/vault/master-file.js';
import { ask } from '../support/embedded.js';
import { BusyWriter } from './busy-writer.js';
import { CRASH_TIMEOUT_MS } from './die-everywhere.js';
import { EmbeddedWorld, type ClusterName } from './embedded-world.js';
import { must } from './people.js';
import { dropSpare } from './running-service.js';
import { runToEnd } from './run-to-end.js';

/** A user who may make file systems of their own, for a process and its children alone. */
const OWN_MOUNTS = ['unshare', '--user', '--mount', '--map-root-user', '--'] as const;
const isAllowed = spawnSync(OWN_MOUNTS[0], [...OWN_MOUNTS.slice(1), 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
if (!isAllowed) process.stdout.write('full disks are not tested here: this system lets nobody mount a file system of their own\n');

const NUMBER = '400-00-1234';

let world: EmbeddedWorld;
let intake: string;
beforeAll(async () => {
  if (!isAllowed) return;
  world = await EmbeddedWorld.founded();
  const answers = { taxpayer: { firstName: 'Robin', taxpayerId: NUMBER } };
  intake = must(await world.service.ask('POST', '/api/intakes', { taxYear: 2026, answers }, world.preparer.token), 201).body.id;
  await world.stop();
  await world.start([...OWN_MOUNTS, 'sh', '-c', `${['records', 'keys', 'secrets'].map(ontoSmallDisk).join(' && ')} && exec "$@"`, 'sh']);
});
afterAll(async () => {
  await world?.close();
  await dropSpare();
});

/** Puts a directory onto a disk of its own, with room for a few pieces of PostgreSQL's log, which grows by 16 MB at a time. */
function ontoSmallDisk(name: string): string {
  const path = pathOf(world.data, name);
  const size = `$(($(du -sk ${path} | cut -f1) + 80000))k`;
  return `mkdir ${path}.disk && mount -t tmpfs -o mode=700,size=${size} tmpfs ${path}.disk && cp -a ${path}/. ${path}.disk && mount --bind ${path}.disk ${path}`;
}

const fill = (name: string) => world.service.process.run(`cat /dev/zero > ${pathOf(world.data, name, 'ballast')}`);
const makeRoom = (name: string) => world.service.process.run(`rm ${pathOf(world.data, name, 'ballast')}`);
const number = () => world.service.ask('GET', `/api/intakes/${intake}?fields=taxpayer.taxpayerId`, undefined, world.preparer.token);
const certificates = () => ask(world.urls.records.owner, 'SELECT run_id FROM destruction_certificate');

(isAllowed ? describe : describe.skip)('a full disk', () => {
  it.each<ClusterName>(['records', 'keys'])('under the %s: refuses what it cannot keep, halves nothing, and goes on by itself when there is room', async (name) => {
    const writer = await BusyWriter.on(world.service, world.preparer);
    expect(await fill(name)).not.toBe(0);
    // What is left of the log's last 16 MB would last for a while.
    await ask(world.urls[name].owner, 'SELECT pg_switch_wal()').catch(() => undefined);
    await writer.wasRefusedOnce();
    expect([200, 503]).toContain((await number()).status); // whether there is room for its entry is a matter of bytes
    expect(await makeRoom(name)).toBe(0);
    await writer.savesAgain();
    expect(must(await number(), 200).body.answers.taxpayer.taxpayerId).toBe(NUMBER);
    expect(await writer.stop()).toBeGreaterThan(0);
  }, CRASH_TIMEOUT_MS);

  it('under the secrets stops no work; a run destroys and cannot certify, until there is room', async () => {
    world.setDay('2027-01-08');
    await world.signInAgain();
    await fill('secrets');
    const writer = await BusyWriter.on(world.service, world.preparer);
    await writer.hasSaved();
    const full = await runToEnd(world, world.service);
    expect(full.body).toMatchObject({ state: 'failed', step: 'certificate' });
    expect(await certificates()).toEqual([]);
    expect(await writer.stop()).toBe(0);
    expect((await number()).status).toBe(410);

    await makeRoom('secrets');
    expect((await runToEnd(world, world.service)).body.state).toBe('finished');
    const [certificate] = await ask<{ body: string }>(world.urls.records.owner, 'SELECT body FROM destruction_certificate');
    expect((JSON.parse(certificate!.body) as { buckets: { class: string }[] }).buckets.map((bucket) => bucket.class)).toContain('credentials');
  });

  it('that takes no writing at all leaves the master in force, and nothing is certified', async () => {
    const before = new MasterFile([world.secrets]).read();
    const known = await certificates();
    await world.service.process.run(`mount -o remount,ro ${world.secrets}`);
    const failed = await runToEnd(world, world.service);
    expect(failed.body).toMatchObject({ state: 'failed', reason: 'master-unreachable' });
    expect(await certificates()).toEqual(known);
    expect(before.length).toBe(1);
    const writer = await BusyWriter.on(world.service, world.preparer);
    await writer.hasSaved();
    expect(await writer.stop()).toBe(0);
    await world.service.process.run(`mount -o remount,rw ${world.secrets}`);
    expect((await runToEnd(world, world.service)).body.state).toBe('finished');
    expect((await certificates()).length).toBe(known.length + 1);
  });
});
