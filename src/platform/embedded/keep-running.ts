import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;
const LOOK_EVERY_MS = 10_000;
/** Looks in a row that must find a server stuck, before it is ended. */
const STUCK_LOOKS = 3;

export interface KeptServer {
  /** Fast shutdown: sessions are ended, everything committed is on disk. It is not started again. */
  stop(): Promise<void>;
}

export interface ServerCare {
  /** Starts it anew, where it took connections before; resolves once it takes them again. */
  start(): Promise<ChildProcess>;
  /** Does it say that it takes no connections yet, although it runs? */
  isStuck(): Promise<boolean>;
  /** Told when a server has ended, and when it is back. */
  say(what: 'ended' | 'restarted'): void;
}

/**
 * Starts a server again whenever it ends by itself: killed, out of memory, or out of room for its log, which PostgreSQL
 * answers by going down. It recovers what it had committed. Tries for as long as this process lives, so that a disk which
 * has room again is all it takes; meanwhile requests are refused.
 *
 * PostgreSQL 18, out of room a second time while it recovers from the first, now and then neither recovers nor ends (seen
 * twice in twelve tries, its startup process gone). So one that takes no connections for half a minute is ended as well.
 */
export function keepRunning(first: ChildProcess, { start, isStuck, say }: ServerCare, lookEveryMs = LOOK_EVERY_MS): KeptServer {
  let child = first;
  let stopping = false;
  let restarting = Promise.resolve();
  let looksStuck = 0;
  const timer = setInterval(() => void look(), lookEveryMs).unref();
  watch();
  return {
    stop: async () => {
      stopping = true;
      clearInterval(timer);
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
        looksStuck = 0;
        say('restarted');
        return watch();
      } catch {
        // What a dead server's children still hold, or a disk without room: the server's own log says which.
        await sleep(wait, undefined, { ref: false });
      }
    }
  }

  async function look(): Promise<void> {
    looksStuck = !hasEnded(child) && (await isStuck()) ? looksStuck + 1 : 0;
    if (looksStuck < STUCK_LOOKS || stopping) return;
    looksStuck = 0;
    child.kill('SIGQUIT'); // immediately, to recover at the next start: it is in no state to do more
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
