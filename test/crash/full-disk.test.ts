import { spawnSync } from 'node:child_process';
import { join as pathOf } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../support/embedded.js';
import { BusyWriter } from './busy-writer.js';
import { CRASH_TIMEOUT_MS } from './die-everywhere.js';
import { EmbeddedWorld, type ClusterName } from './embedded-world.js';
import { must } from './people.js';
import { dropSpare, type RunningService } from './running-service.js';
import { runToEnd } from './run-to-end.js';

/** A user who may make file systems of their own, for a process and its children alone. */
const OWN_MOUNTS = ['unshare', '--user', '--mount', '--map-root-user', '--'] as const;
const isAllowed = spawnSync(OWN_MOUNTS[0], [...OWN_MOUNTS.slice(1), 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
const WHY_NOT = 'this system lets nobody mount a file system of their own';

const NUMBER = '400-00-1234';

let world: EmbeddedWorld;
let intake: string;

async function startOnSmallDisks(): Promise<void> {
  world = await EmbeddedWorld.founded();
  const answers = { taxpayer: { firstName: 'Robin', taxpayerId: NUMBER } };
  intake = must(await world.service.ask('POST', '/api/intakes', { taxYear: 2026, answers }, world.preparer.token), 201).body.id;
  await world.stop();
  await world.start([...OWN_MOUNTS, 'sh', '-c', `${['records', 'keys', 'secrets'].map(ontoSmallDisk).join(' && ')} && exec "$@"`, 'sh']);
  await world.startBeside(['nsenter', '--user', '--mount', '--preserve-credentials', `--target=${world.service.process.pid}`, '--']);
}

/** Puts a directory onto a disk of its own, with room for ten pieces of PostgreSQL's log, which grows by 16 MB at a time. */
function ontoSmallDisk(name: string): string {
  const path = pathOf(world.data, name);
  const room = name === 'secrets' ? 1_000 : 160_000;
  const size = `$(($(du -sk ${path} | cut -f1) + ${room}))k`;
  return `mkdir ${path}.disk && mount -t tmpfs -o mode=700,size=${size} tmpfs ${path}.disk && cp -a ${path}/. ${path}.disk && mount --bind ${path}.disk ${path}`;
}

/** Until nothing more went in for a while: whichever process is replacing a file meanwhile, room comes back with the old one, and then no more. */
async function fill(name: string): Promise<void> {
  const ballast = pathOf(world.data, name, 'ballast');
  const grows = `touch ${ballast} 2>/dev/null; before=$(stat -c %s ${ballast}); cat /dev/zero >> ${ballast}; test $(stat -c %s ${ballast}) -gt $before`;
  for (let full = 0; full < 2 * world.services.length; ) {
    full = (await world.services[full % 2]!.process.run(grows)) === 0 ? 0 : full + 1;
    await sleep(300);
  }
}
const makeRoom = (name: string) => world.service.process.run(`rm ${pathOf(world.data, name, 'ballast')}`);
const number = (service: RunningService) => service.ask('GET', `/api/intakes/${intake}?fields=taxpayer.taxpayerId`, undefined, world.preparer.token);
const certificates = () => ask(world.urls.records.owner, 'SELECT run_id FROM destruction_certificate');
const masterInForce = () => ask(world.urls.keys.owner, 'SELECT master FROM key_store');
/** One on each process. */
const writers = () => Promise.all(world.services.map((service) => BusyWriter.on(service, world.preparer)));

describe('a full disk under two processes', () => {
  if (!isAllowed) {
    it(`NOT RUN, ${WHY_NOT}`, () => console.warn(`not run: full disks, since ${WHY_NOT}`));
    return;
  }
  beforeAll(startOnSmallDisks);
  afterAll(async () => {
    await world.close();
    await dropSpare();
  });

  it.each<ClusterName>(['records', 'keys'])('of the %s: refuses what it cannot keep, halves nothing, and goes on by itself when there is room', async (name) => {
    const both = await writers();
    await fill(name);
    // What is left of the log's last 16 MB would last for a while.
    await ask(world.urls[name].owner, 'SELECT pg_switch_wal()').catch(() => undefined);
    for (const writer of both) await writer.wasRefusedOnce();
    // Whether there is room for its entry is a matter of bytes.
    for (const service of world.services) expect([200, 503]).toContain((await number(service)).status);
    expect(await makeRoom(name)).toBe(0);
    for (const writer of both) await writer.savesAgain();
    for (const service of world.services) expect(must(await number(service), 200).body.answers.taxpayer.taxpayerId).toBe(NUMBER);
    for (const [at, writer] of both.entries()) expect(await writer.stop(world.services[1 - at])).toBeGreaterThan(0);
  }, CRASH_TIMEOUT_MS);

  it('of the secrets stops no work; a run destroys and cannot certify, until there is room', async () => {
    world.moveDays(4);
    await fill('secrets');
    const both = await writers();
    for (const writer of both) await writer.hasSaved();
    const full = await runToEnd(world, world.service);
    expect(full.body).toMatchObject({ state: 'failed', step: 'certificate' });
    expect(await certificates()).toEqual([]);
    for (const writer of both) expect(await writer.stop()).toBe(0);
    for (const service of world.services) expect((await number(service)).status).toBe(410);

    await makeRoom('secrets');
    expect((await runToEnd(world, world.services[1])).body.state).toBe('finished');
    const [certificate] = await ask<{ body: string }>(world.urls.records.owner, 'SELECT body FROM destruction_certificate');
    expect((JSON.parse(certificate!.body) as { buckets: { class: string }[] }).buckets.map((bucket) => bucket.class)).toContain('credentials');
  });

  it('that takes no writing at all leaves the master in force, and nothing is certified', async () => {
    const [before, known] = [await masterInForce(), await certificates()];
    await world.service.process.run(`mount -o remount,ro ${world.secrets[0]}`);
    for (const service of world.services) {
      const failed = await runToEnd(world, service);
      expect(failed.body).toMatchObject({ state: 'failed', reason: 'master-unreachable' });
    }
    expect([await masterInForce(), await certificates()]).toEqual([before, known]);
    const both = await writers();
    for (const writer of both) await writer.hasSaved();
    for (const writer of both) expect(await writer.stop()).toBe(0);
    await world.service.process.run(`mount -o remount,rw ${world.secrets[0]}`);
    for (const [made, service] of world.services.entries()) {
      expect((await runToEnd(world, service)).body.state).toBe('finished');
      expect((await certificates()).length).toBe(known.length + made + 1);
    }
  });
});
