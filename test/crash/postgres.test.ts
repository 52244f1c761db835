import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../support/embedded.js';
import { BusyWriter } from './busy-writer.js';
import { EmbeddedWorld, type ClusterName } from './embedded-world.js';
import { dropSpare } from './running-service.js';

let world: EmbeddedWorld;
beforeAll(async () => {
  world = await EmbeddedWorld.founded();
  await world.startBeside();
});
afterAll(async () => {
  await world.close();
  await dropSpare();
});

/** Two on each process. */
async function atWork(): Promise<readonly BusyWriter[]> {
  const writers = await Promise.all([...world.services, ...world.services].map((service) => BusyWriter.on(service, world.preparer)));
  await Promise.all(writers.map((writer) => writer.hasSaved()));
  return writers;
}

/** What either process has acknowledged is read, and can be saved again, on the other one. */
async function nothingIsLost(writers: readonly BusyWriter[]): Promise<void> {
  for (const [at, writer] of writers.entries()) await writer.stop(world.services[(at + 1) % 2]);
}

async function underLoad(kill: () => Promise<void>): Promise<void> {
  const writers = await atWork();
  await kill();
  await sleep(300);
  for (const writer of writers) await writer.savesAgain();
  for (const service of world.services) expect((await service.ask('GET', '/readyz')).status).toBe(200);
  await nothingIsLost(writers);
}

describe.each<ClusterName>(['records', 'keys'])('PostgreSQL of the %s, under load of two processes', (name) => {
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

describe('both processes, their servers killed with them', () => {
  it('start again with all that was acknowledged', async () => {
    const writers = await atWork();
    for (const name of ['records', 'keys'] as const) process.kill(world.serverPid(name), 'SIGKILL');
    await Promise.all(world.services.map((service) => service.process.end('SIGKILL'))); // the system may take a while to bury them
    await world.start();
    await world.startBeside();
    await nothingIsLost(writers);
  });
});
