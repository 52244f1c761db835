import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { BackgroundLoop } from '../../src/platform/background-loop.js';

afterEach(() => {
  jest.useRealTimers();
});

describe('a background loop', () => {
  it('never does two passes at once, however long one takes', async () => {
    jest.useFakeTimers();
    let [under, most, passes] = [0, 0, 0];
    const pass = async (): Promise<void> => {
      most = Math.max(most, ++under);
      await new Promise((resolve) => setTimeout(resolve, 350));
      passes++;
      under--;
    };
    const loop = new BackgroundLoop(100, pass, () => undefined);
    loop.start();
    loop.start();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(most).toBe(1);
    expect(passes).toBe(5);
  });

  it('comes round as often as it should, whatever a pass takes of that time', async () => {
    jest.useFakeTimers();
    const at: number[] = [];
    const start = performance.now();
    const loop = new BackgroundLoop(
      100,
      async () => {
        at.push(Math.round(performance.now() - start));
        await new Promise((resolve) => setTimeout(resolve, 60));
      },
      () => undefined,
    );
    loop.start();
    await jest.advanceTimersByTimeAsync(450);
    expect(at).toEqual([100, 200, 300, 400]);
  });

  it('waits twice as long after each failure, half a minute at most, and says so once', async () => {
    jest.useFakeTimers();
    const at: number[] = [];
    const failures: unknown[] = [];
    let broken = true;
    const start = performance.now();
    const loop = new BackgroundLoop(
      100,
      async () => {
        at.push(Math.round(performance.now() - start));
        if (broken) throw new Error('the database is away');
      },
      (error) => failures.push(error),
    );
    loop.start();
    await jest.advanceTimersByTimeAsync(120_000);
    expect(at.slice(0, 5)).toEqual([100, 300, 700, 1500, 3100]);
    expect(at.at(-1)! - at.at(-2)!).toBe(30_000);
    expect(failures).toHaveLength(1);
    broken = false;
    await jest.advanceTimersByTimeAsync(30_000);
    const before = at.length;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(at.length - before).toBeGreaterThanOrEqual(9);
  });

  it('comes back after half a minute to what failed, however seldom it is done', async () => {
    jest.useFakeTimers();
    const at: number[] = [];
    const start = performance.now();
    const loop = new BackgroundLoop(
      600_000,
      async () => {
        at.push(Math.round(performance.now() - start));
        if (at.length < 3) throw new Error('the database is away');
      },
      () => undefined,
    );
    loop.start();
    await jest.advanceTimersByTimeAsync(1_300_000);
    expect(at).toEqual([600_000, 630_000, 660_000, 1_260_000]);
  });

  it('has stopped when stop returns: the pass under way has ended and no other begins', async () => {
    const done: string[] = [];
    const loop = new BackgroundLoop(
      1,
      async () => {
        done.push('begun');
        await new Promise((resolve) => setTimeout(resolve, 30));
        done.push('ended');
      },
      () => undefined,
    );
    loop.start();
    while (done.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await loop.stop();
    expect(done.at(-1)).toBe('ended');
    const { length } = done;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(done).toHaveLength(length);
  });
});
