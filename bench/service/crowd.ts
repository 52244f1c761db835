import { median, quantile, type Rounds } from '../measure.js';

/** One client's next piece of work. */
export type Step = () => Promise<unknown>;

export interface Crowd {
  readonly perSecond: number;
  readonly medianMs: number;
  readonly p95Ms: number;
}

/**
 * Crowds of clients that each do one thing after another, in turn: a round of each, again and again, so that a machine that
 * slows down slows them all. The median round counts; the first warms up.
 */
export async function crowds(works: Readonly<Record<string, readonly Step[]>>, { rounds, roundMs }: Rounds): Promise<ReadonlyMap<string, Crowd>> {
  const measured = new Map(Object.keys(works).map((name) => [name, { rates: [] as number[], times: [] as number[] }]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, clients] of Object.entries(works)) {
      const { rate, times } = await oneRound(clients, roundMs);
      if (round === 0) continue;
      measured.get(name)!.rates.push(rate);
      measured.get(name)!.times.push(...times);
    }
  }
  return new Map(
    [...measured].map(([name, { rates, times }]) => [
      name,
      { perSecond: rounded(median(rates)), medianMs: rounded(median(times)), p95Ms: rounded(quantile(times, 0.95)) },
    ]),
  );
}

async function oneRound(clients: readonly Step[], roundMs: number): Promise<{ rate: number; times: number[] }> {
  const times: number[] = [];
  const start = performance.now();
  const end = start + roundMs;
  await Promise.all(
    clients.map(async (step) => {
      for (let began = performance.now(); began < end; began = performance.now()) {
        await step();
        times.push(performance.now() - began);
      }
    }),
  );
  return { rate: (times.length * 1000) / (performance.now() - start), times };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
