import type { INestApplicationContext } from '@nestjs/common';
import { day } from '../platform/clock.js';
import { RunPurge } from '../retention/run-purge.js';

/** One purge run, to its end. Fails the command unless the run has finished. */
export async function purge(app: INestApplicationContext, confirmToday: string | undefined): Promise<void> {
  const outcome = await app.get(RunPurge).execute('command', undefined, confirmToday === undefined ? undefined : day(confirmToday));
  process.stdout.write(`run ${outcome.id}: ${outcome.state}\n`);
  if (outcome.state === 'waiting') throw new Error('The clocks are in doubt: repeat with --confirm-today and the date off a calendar.');
  if (outcome.state !== 'finished') throw new Error('The run has not finished; the next one goes on from what it finds.');
}
