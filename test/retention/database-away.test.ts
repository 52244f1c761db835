import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunPurge } from '../../src/retention/run-purge.js';
import type { RunStep } from '../../src/retention/purge-run.js';
import { bringBack, sendAway } from '../support/database-away.js';
import { PurgeWorld, TODAY } from './purge-world.js';

describe('a run whose database goes away', () => {
  let world: PurgeWorld;
  beforeEach(async () => {
    world = await PurgeWorld.make();
    await world.plant({ identity: TODAY });
  });
  afterEach(async () => {
    for (const name of ['records', 'keys'] as const) await bringBack(world.databases, name);
    await world.close();
  });

  let isAway: Promise<void>;
  const withoutDatabase = (name: 'records' | 'keys', at: RunStep): RunPurge => {
    let away!: () => void;
    isAway = new Promise((resolve) => (away = resolve));
    return world.purge(async (step) => {
      if (step !== at) return;
      await sendAway(world.databases, name);
      away();
    });
  };

  it.each([
    ['keys', 'clean-buckets', 'key-store-failed'],
    ['keys', 'certificate', 'key-store-failed'],
    ['keys', 'sweep', 'key-store-failed'],
    ['records', 'mixed-buckets', 'records-failed'],
    ['records', 'master', 'records-failed'],
    ['records', 'sweep', 'records-failed'],
  ] as const)('the %s at the step %s, fails by its name, and says so as soon as it can be written', async (name, step, reason) => {
    const { id, ended } = await withoutDatabase(name, step).start('nightly');
    await isAway;
    await pause(1_000);
    await bringBack(world.databases, name);
    expect(await ended).toMatchObject({ id, state: 'failed', reason });
    expect(await world.runs.find(id)).toMatchObject({ state: 'failed', reason });
    expect((await world.logged(id)).filter((kind) => kind === 'purge.failed')).toHaveLength(1);
    expect(await world.purge().execute('nightly')).toMatchObject({ state: 'finished' });
  });

  it('does not keep a service from stopping, and is called failed by the next', async () => {
    const purge = withoutDatabase('records', 'master');
    const { id, ended } = await purge.start('nightly');
    await isAway;
    await pause(500);
    await purge.beforeApplicationShutdown();
    expect(await ended).toMatchObject({ state: 'failed', reason: 'records-failed' });
    await bringBack(world.databases, 'records');
    expect(await world.runs.find(id)).toMatchObject({ state: 'running' });
    await world.purge().closeInterrupted();
    expect(await world.runs.find(id)).toMatchObject({ state: 'failed', reason: 'process-ended' });
  });
});
