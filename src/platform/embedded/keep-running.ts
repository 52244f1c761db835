import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

export interface KeptServer {
  /** Fast shutdown: sessions are ended, everything committed is on disk. It is not started again. */
  stop(): Promise<void>;
}

/**
 * Starts a server again whenever it ends by itself: killed, out of memory, or out of room for its log, which PostgreSQL
 * answers by going down. It recovers what it had committed. Tries for as long as this process lives, so that a disk which
 * has room again is all it takes; meanwhile requests are refused.
 * @param start resolves once the server takes connections, where it took them before
 * @param say told when a server has ended, and when it is back
 */
export function keepRunning(
  first: ChildProcess,
  start: () => Promise<ChildProcess>,
  say: (what: 'ended' | 'restarted') => void,
): KeptServer {
  let child = first;
  let stopping = false;
  let restarting = Promise.resolve();
  watch();
  return {
    stop: async () => {
      stopping = true;
      await restarting;
      await stopChild(child);
    },
  };

  function watch(): void {
    const restartUnlessStopping = (): void => {
      if (!stopping) restarting = restart();
    };
    if (hasEnded(child)) restartUnlessStopping();
    else child.once('exit', restartUnlessStopping);
  }

  async function restart(): Promise<void> {
    say('ended');
    for (let wait = FIRST_WAIT_MS; !stopping; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        child = await start();
        say('restarted');
        return watch();
      } catch {
        // What a dead server's children still hold, or a disk without room: the server's own log says which.
        await sleep(wait, undefined, { ref: false });
      }
    }
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.ref();
  child.kill('SIGINT');
  await exited;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
