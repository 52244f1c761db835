import type { BenchResult, Rounds, Row } from '../measure.js';
import { crowds, type Step } from '../service/crowd.js';
import { householdNumber, phoneNumber } from '../service/household.js';
import { httpClient } from '../service/http-client.js';
import { withService, type Served } from '../service/served.js';
import { fillTo, makeBuckets } from '../service/fill-keys.js';

const REAL = 20;
const TAX_YEAR = new Date().getFullYear() - 1;

/**
 * Has this person been here? The exact search among more and more intakes with a year of live buckets, beside an indexed
 * equality over plaintext in the same service. Every search finds one intake, opens it and logs it; the plain one only finds.
 */
export function lookup(rounds: Rounds, sizes: readonly number[]): Promise<BenchResult> {
  return withService(async (served) => {
    const own = await searcher(served, '/api/intakes');
    const plain = await searcher(served, '/api/plain');
    await makeBuckets(served);
    const rows: (Row & { readonly perSecond: number })[] = [];
    for (const size of sizes) {
      await fillTo(served, size);
      const measured = await crowds({ [`plain, ${size}`]: [plain], [`thinfile, ${size}`]: [own] }, rounds);
      rows.push(...[...measured].map(([name, crowd]) => ({ name, ...crowd })));
    }
    const medians = (name: string): number[] => rows.filter((row) => row.name.startsWith(name)).map((row) => Number(row['medianMs']));
    const [first, last] = [medians('thinfile')[0]!, medians('thinfile').at(-1)!];
    return { bench: 'lookup', ratios: { lookupOfPlain: last / medians('plain').at(-1)!, lookupGrowth: last / first }, rows };
  });
}

async function searcher(served: Served, base: string): Promise<Step> {
  const call = httpClient(served);
  for (let i = 0; i < REAL; i++) await call('POST', base, { taxYear: TAX_YEAR, answers: householdNumber(i) });
  let next = 0;
  return async () => {
    const { matches } = await call<{ matches: unknown[] }>('POST', `${base}/search`, { phone: phoneNumber(next++ % REAL) });
    if (matches.length !== 1) throw new Error(`a search found ${matches.length} intakes`);
  };
}
