import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunOutcome } from '../../../src/retention/purge-run.js';
import { RunPurge } from '../../../src/retention/run-purge.js';
import { Season } from './season.js';

const RUN_LOCK = 7_466_002;

let season: Season;
beforeAll(async () => {
  season = await Season.start('2027-02-01');
});
afterAll(() => season.end());

it('a run that has lost its lock to another between its last look and its entries writes none, and the other agrees with the log', async () => {
  const { recordsOwner, keysOwner } = season.service.databases;
  await season.intake(await season.on('2027-02-01'));
  await season.on('2027-02-04');
  let second: Promise<RunOutcome> | undefined;
  let taken: Promise<void> | undefined;
  const first = await season.watched((step, id) => {
    if (step === 'certificate') taken = season.beforeEntries(() => takeOver(id));
  });
  await taken;
  expect([first.state, first.reason, (await second)?.state]).toEqual(['failed', 'process-ended', 'finished']);
  expect(await season.certificate(first.id)).toBeUndefined();
  expect(await season.flawOf((await second)!.id)).toBeUndefined();

  /** Another run begins, and says of the first that it has failed. */
  async function takeOver(id: string): Promise<void> {
    await keysOwner(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = ${RUN_LOCK} AND granted`);
    second = season.service.app.get(RunPurge).execute('command');
    for (let state; state !== 'failed'; await sleep(20)) [{ state }] = (await recordsOwner('SELECT state FROM purge_run WHERE id = $1', [id])) as [{ state: string }];
  }
});
