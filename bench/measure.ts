export interface Row {
  readonly name: string;
  readonly [figure: string]: number | string;
}

export interface BenchResult {
  readonly bench: string;
  /** Of one run, since machines differ and are noisy. */
  readonly ratios: Readonly<Record<string, number>>;
  readonly rows: readonly Row[];
}

/** How long a benchmark takes: rounds of each work, and their length. */
export interface Rounds {
  readonly rounds: number;
  readonly roundMs: number;
}

/** Runs the works in turn, round after round, so that a machine that slows down slows them all; the median round counts. */
export async function perSecond(works: Readonly<Record<string, () => unknown>>, { rounds, roundMs }: Rounds): Promise<ReadonlyMap<string, number>> {
  const rates = new Map(Object.keys(works).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, work] of Object.entries(works)) {
      const rate = await oneRound(work, roundMs);
      if (round > 0) rates.get(name)!.push(rate); // the first warms up
    }
  }
  return new Map([...rates].map(([name, all]) => [name, Math.round(median(all))]));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** @param share 0.5 for the median, 0.95 for what one in twenty exceeds */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

async function oneRound(work: () => unknown, roundMs: number): Promise<number> {
  const start = performance.now();
  let calls = 0;
  let elapsed = 0;
  while (elapsed < roundMs) {
    for (let i = 0; i < 25; i++) {
      const result = work();
      if (result instanceof Promise) await result;
    }
    calls += 25;
    elapsed = performance.now() - start;
  }
  return (calls * 1000) / elapsed;
}
