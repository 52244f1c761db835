export interface Row {
  readonly name: string;
  readonly perSecond: number;
}

export interface BenchResult {
  readonly bench: string;
  /** Of one run, since machines differ and are noisy. */
  readonly ratios: Readonly<Record<string, number>>;
  readonly rows: readonly Row[];
}

const ROUNDS = 5;
const ROUND_MS = 400;

/** Runs the works in turn, round after round, so that a machine that slows down slows them all; the median round counts. */
export function perSecond(works: Readonly<Record<string, () => unknown>>): readonly Row[] {
  const rates = new Map(Object.keys(works).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, work] of Object.entries(works)) {
      const rate = oneRound(work);
      if (round > 0) rates.get(name)!.push(rate); // the first warms up
    }
  }
  return [...rates].map(([name, all]) => ({ name, perSecond: Math.round(all.sort((a, b) => a - b)[Math.floor(all.length / 2)]!) }));
}

function oneRound(work: () => unknown): number {
  const start = performance.now();
  let calls = 0;
  let elapsed = 0;
  while (elapsed < ROUND_MS) {
    for (let i = 0; i < 50; i++) work();
    calls += 50;
    elapsed = performance.now() - start;
  }
  return (calls * 1000) / elapsed;
}
