import type { BenchResult, Rounds } from '../measure.js';
import { crowds, type Crowd, type Step } from '../service/crowd.js';
import { fillTo, makeBuckets } from '../service/fill-keys.js';
import { fillRecordsTo } from '../service/fill-records.js';
import { householdNumber } from '../service/household.js';
import { httpClient } from '../service/http-client.js';
import { withService, type Served } from '../service/served.js';

const OWN = '/api/intakes';
const PLAIN = '/api/plain';
const ONE_ROW = '/api/one-row';
const LEAST = '/api/least-sealed';
const CLIENTS = 8;
const INTAKES_A_CLIENT = 10;
const GROWTH_ROUNDS = 3;
const TAX_YEAR = new Date().getFullYear() - 1;

interface Entered {
  readonly id: string;
  version: number;
}

/** Writes and reads over HTTP, beside the same service with nothing to protect (`PlainIntakes`), beside the least there could be, and beside what no way of keeping the promises can beat. */
export function intake(rounds: Rounds, sizes: readonly number[]): Promise<BenchResult> {
  return withService(async (served) => {
    const own = await clientsOf(served, OWN);
    const plain = await clientsOf(served, PLAIN);
    const oneRow = await clientsOf(served, ONE_ROW);
    const least = await clientsOf(served, LEAST);
    const works = {
      'read plain': plain.map(reader),
      'read one row': oneRow.map(reader),
      'read least sealed': least.map(reader),
      'read thinfile': own.map(reader),
      'write plain': plain.map(writer),
      'write one row': oneRow.map(writer),
      'write least sealed': least.map(writer),
      'write thinfile': own.map(writer),
      'read plain, one client': plain.slice(0, 1).map(reader),
      'read thinfile, one client': own.slice(0, 1).map(reader),
      'write plain, one client': plain.slice(0, 1).map(writer),
      'write thinfile, one client': own.slice(0, 1).map(writer),
    };
    const measured = await crowds(works, rounds);
    const grown = await grow(served, own, rounds, sizes);
    const rate = (name: string): number => measured.get(name)!.perSecond;
    return {
      bench: 'intake',
      ratios: {
        writeOfPlain: rate('write thinfile') / rate('write plain'),
        readOfPlain: rate('read thinfile') / rate('read plain'),
        writeLimitOfPlain: rate('write least sealed') / rate('write plain'),
        readLimitOfPlain: rate('read least sealed') / rate('read plain'),
        writeOfOneRow: rate('write thinfile') / rate('write one row'),
        readOfOneRow: rate('read thinfile') / rate('read one row'),
        ...grown.ratios,
      },
      rows: [...measured, ...grown.rows].map(([name, crowd]: [string, Crowd]) => ({ name, ...crowd })),
    };
  });
}

/** The same clients among more and more intakes; a ratio is the median time among the most over that among the fewest. */
async function grow(served: Served, clients: readonly Client[], { rounds, roundMs }: Rounds, sizes: readonly number[]) {
  await makeBuckets(served);
  const rows: [string, Crowd][] = [];
  for (const size of sizes) {
    await fillTo(served, size);
    await fillRecordsTo(served, size);
    const works = { [`read among ${size}`]: clients.map(reader), [`write among ${size}`]: clients.map(writer) };
    rows.push(...(await crowds(works, { rounds: Math.min(rounds, GROWTH_ROUNDS), roundMs })));
  }
  const growth = (what: string): number => {
    const times = rows.filter(([name]) => name.startsWith(what)).map(([, { medianMs }]) => medianMs);
    return times.at(-1)! / times[0]!;
  };
  return { rows, ratios: { readGrowth: growth('read'), writeGrowth: growth('write') } };
}

interface Client {
  readonly call: ReturnType<typeof httpClient>;
  readonly base: string;
  readonly intakes: readonly Entered[];
}

/** Each client works on intakes of its own, as preparers do: no two save the same one. */
async function clientsOf(served: Served, base: string): Promise<readonly Client[]> {
  return Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      const call = httpClient(served);
      const intakes: Entered[] = [];
      for (let i = 0; i < INTAKES_A_CLIENT; i++) {
        intakes.push(await call<Entered>('POST', base, { taxYear: TAX_YEAR, answers: householdNumber(client * INTAKES_A_CLIENT + i) }));
      }
      return { call, base, intakes };
    }),
  );
}

function reader({ call, base, intakes }: Client): Step {
  let next = 0;
  return () => call('GET', `${base}/${intakes[next++ % intakes.length]!.id}`);
}

function writer({ call, base, intakes }: Client): Step {
  let next = 0;
  return async () => {
    const one = intakes[next++ % intakes.length]!;
    const answers = { taxpayer: { jobTitle: `Baker ${next % 100}` } };
    one.version = (await call<Entered>('PATCH', `${base}/${one.id}`, { version: one.version, answers })).version;
  };
}
