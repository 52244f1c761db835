import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunOutcome } from '../../../src/retention/purge-run.js';
import { RunPurge } from '../../../src/retention/run-purge.js';
import { Season } from './season.js';

const HOLDS_LOCK = 7_466_103;
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
  const first = await season.watched(async (step, id) => {
    if (step !== 'certificate') return;
    void other(id);
  });
  expect([first.state, first.reason, (await second)?.state]).toEqual(['failed', 'process-ended', 'finished']);
  expect(await season.certificate(first.id)).toBeUndefined();
  expect(await season.flawOf((await second)!.id)).toBeUndefined();

  /** Both wait for the holds, to which somebody else attends. */
  async function other(id: string): Promise<void> {
    const busy = recordsOwner(`SELECT pg_advisory_xact_lock(${HOLDS_LOCK}), pg_sleep(5)`);
    for (let step; step !== 'certificate'; await sleep(20)) [{ step }] = (await recordsOwner('SELECT step FROM purge_run WHERE id = $1', [id])) as [{ step: string }];
    await sleep(500);
    await keysOwner(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = ${RUN_LOCK} AND granted`);
    second = season.service.app.get(RunPurge).execute('command');
    await busy;
  }
});
