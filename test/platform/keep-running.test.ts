import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { keepRunning, type KeptServer } from '../../src/platform/embedded/keep-running.js';

/** Stands for a server: a process that does nothing until it is told to end. */
const idle = (): ChildProcess => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });

const started: ChildProcess[] = [];
const said: string[] = [];
let isStuck = false;
let kept: KeptServer;

function keep(start: () => Promise<ChildProcess>): void {
  started.splice(0, Infinity, idle());
  said.length = 0;
  kept = keepRunning(started[0]!, { start, isStuck: async () => isStuck, say: (what) => void said.push(what) }, 20);
}

async function startOne(): Promise<ChildProcess> {
  const child = idle();
  await once(child, 'spawn');
  started.push(child);
  return child;
}

async function untilSaid(...what: readonly string[]): Promise<void> {
  while (said.length < what.length) await sleep(10);
  expect(said).toEqual(what);
}

afterEach(async () => {
  await kept.stop();
  expect(started.map(({ exitCode, signalCode }) => exitCode ?? signalCode)).not.toContain(null);
});

describe('a server that is kept running', () => {
  it('is started again when it ends by itself, however often that takes', async () => {
    let tries = 0;
    keep(() => ((tries += 1) < 3 ? Promise.reject(new Error('no room')) : startOne()));
    started[0]!.kill('SIGKILL');
    await untilSaid('ended', 'restarted');
    expect(tries).toBe(3);
    started[1]!.kill('SIGKILL');
    await untilSaid('ended', 'restarted', 'ended', 'restarted');
  });

  it('is ended and started again when it runs and takes no connections for good', async () => {
    keep(() => {
      isStuck = false;
      return startOne();
    });
    isStuck = true;
    await untilSaid('ended', 'restarted');
    expect(started[0]!.signalCode).toBe('SIGQUIT');
    await sleep(200);
    expect(said.length).toBe(2);
  });

  it('is not started again once it was stopped', async () => {
    keep(startOne);
    await kept.stop();
    await sleep(200);
    expect([said, started.length]).toEqual([[], 1]);
  });
});
