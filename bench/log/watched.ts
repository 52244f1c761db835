import type { VerifiedLog } from '../../src/audit/verify/verified-log.js';

export interface Watched {
  readonly seconds: number;
  /** Over what the process had before. */
  readonly megabytes: number;
  readonly cpuSeconds: number;
}

/** The better time, and the more memory. */
export async function twice(entries: number, look: () => Promise<VerifiedLog>): Promise<Watched> {
  const measured: Watched[] = [];
  for (let round = 0; round < 2; round++) {
    measured.push(await watched(async () => {
      const { total, entries: seen } = await look();
      if (total > 0 || seen !== entries) throw new Error('the log that was filled is not found good');
    }));
  }
  const [best] = measured.sort((a, b) => a.seconds - b.seconds);
  return { ...best!, megabytes: Math.max(...measured.map(({ megabytes }) => megabytes)) };
}

export async function watched(work: () => Promise<void>): Promise<Watched> {
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  const [began, used] = [performance.now(), process.cpuUsage()];
  await work();
  clearInterval(watch);
  const { user, system } = process.cpuUsage(used);
  return { cpuSeconds: (user + system) / 1e6, seconds: (performance.now() - began) / 1000, megabytes: (most - before) / 2 ** 20 };
}
