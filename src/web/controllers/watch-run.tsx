import { setTimeout as pause } from 'node:timers/promises';
import type { VNode } from 'preact';
import type { PurgeRun } from '../../retention/purge-run.js';
import { RunStandingNow } from '../pages/run-progress-page.js';
import { standingOf } from './runs-page-object.js';

const LOOK_EVERY_MS = 1000;
/** A connection is not kept for ever for a run whose process is gone. The page can be asked for again. */
const LONGEST_MS = 10 * 60_000;

/** A run as it goes on, each time that something has changed, to its end. */
export async function* watchRun(find: () => Promise<PurgeRun | undefined>, seen: PurgeRun): AsyncGenerator<VNode> {
  const until = performance.now() + LONGEST_MS;
  for (let last = seen; last.state === 'running' && performance.now() < until; ) {
    await pause(LOOK_EVERY_MS);
    const run = await find();
    if (!run) return;
    if (run.state !== last.state || run.step !== last.step || run.done !== last.done || run.total !== last.total) yield <RunStandingNow {...standingOf(run)} />;
    last = run;
  }
}
