import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../support/embedded.js';
import { BusyWriter } from './busy-writer.js';
import { EmbeddedWorld, type ClusterName } from './embedded-world.js';
import { dropSpare } from './running-service.js';

let world: EmbeddedWorld;
beforeAll(async () => {
  world = await EmbeddedWorld.founded();
});
afterAll(async () => {
  await world.close();
  await dropSpare();
});

async function underLoad(kill: () => Promise<void>): Promise<void> {
  const writers = await Promise.all(Array.from({ length: 4 }, () => BusyWriter.on(world.service, world.preparer)));
  await Promise.all(writers.map((writer) => writer.hasSaved()));
  await kill();
  await sleep(300);
  for (const writer of writers) await writer.savesAgain();
  expect((await world.service.ask('GET', '/readyz')).status).toBe(200);
  for (const writer of writers) await writer.stop();
}

describe.each<ClusterName>(['records', 'keys'])('PostgreSQL of the %s, under load', (name) => {
  it('writes a commit to the disk before it is answered', async () => {
    const rows = await ask<{ setting: string }>(
      world.urls[name].owner,
      `SELECT setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')`,
    );
    expect(rows.map(({ setting }) => setting)).toEqual(['on', 'on', 'on']);
  });

  it('loses nothing acknowledged when a session of it is killed, and comes back', async () => {
    await underLoad(async () => {
      const [session] = await ask<{ pid: number }>(
        world.urls[name].owner,
        `SELECT pid FROM pg_stat_activity WHERE application_name = 'thinfile ${name}' ORDER BY state <> 'active', query_start DESC LIMIT 1`,
      );
      process.kill(session!.pid, 'SIGKILL');
    });
  });

  it('loses nothing acknowledged when the whole server is killed, and is started again by the service', async () => {
    await underLoad(async () => void process.kill(world.serverPid(name), 'SIGKILL'));
    expect(world.said('database.restarted')).toContain(name);
  });
});

describe('the service, its servers killed with it', () => {
  it('starts again with all that was acknowledged', async () => {
    const writers = await Promise.all(Array.from({ length: 4 }, () => BusyWriter.on(world.service, world.preparer)));
    await Promise.all(writers.map((writer) => writer.hasSaved()));
    for (const pid of [world.serverPid('records'), world.serverPid('keys'), world.service.process.pid]) process.kill(pid, 'SIGKILL');
    await world.service.process.ended; // the system may take a while to bury it
    await world.start();
    for (const writer of writers) await writer.stop(world.service);
  });
});
