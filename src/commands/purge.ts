import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { day } from '../platform/clock.js';
import type { RunStep } from '../retention/purge-run.js';
import { PurgeRuns } from '../retention/purge-runs.js';
import { RunPurge, type StartedRun } from '../retention/run-purge.js';
import { progressBar, type ProgressBar } from './progress-bar.js';

const LOOK_EVERY_MS = 200;

/** One purge run, to its end, saying each step as it comes. Fails the command unless the run has finished. */
export async function purge(app: INestApplicationContext, confirmToday: string | undefined): Promise<void> {
  const run = await app.get(RunPurge).start('command', undefined, confirmToday === undefined ? undefined : day(confirmToday));
  await saySteps(app.get(PurgeRuns), run);
  const { state, unreadable, changed } = await run.ended;
  process.stdout.write(`run ${run.id}: ${state}\n`);
  if (state === 'waiting') throw new Error('The clocks are in doubt: repeat with --confirm-today and the date off a calendar.');
  if (changed) throw new Error(`Not as the access log has it: ${changed}. Somebody wrote into a database. What could be put right was; nothing is certified before a run finds everything in order.`);
  if (unreadable) throw new Error(`In the key store, ${unreadable} does not open: it was damaged or changed. What else was due is destroyed; no run can finish while this is there.`);
  if (state !== 'finished') throw new Error('The run has not finished; the next one goes on from what it finds.');
}

/** What is counted within a step. */
const UNITS: Partial<Record<RunStep, string>> = { inputs: 'intakes', 'mixed-buckets': 'buckets', sweep: 'intakes' };

/** Each step once, with a bar for what takes long: a bar is for a terminal, and a file gets the steps alone. */
async function saySteps(runs: PurgeRuns, { id, ended }: StartedRun): Promise<void> {
  let said: RunStep | undefined;
  let bar: ProgressBar | undefined;
  for (let over = false; !over; ) {
    over = await Promise.race([ended.then(() => true), sleep(LOOK_EVERY_MS).then(() => false)]);
    const run = await runs.find(id);
    if (!run) continue;
    if (run.step !== said) {
      bar?.end();
      process.stdout.write(`  ${run.step}\n`);
      bar = progressBar(process.stderr, UNITS[run.step] ?? '');
      said = run.step;
    }
    bar?.show(run.done, run.total);
  }
  bar?.end();
}
