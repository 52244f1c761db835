import { DEMO_TIME_ZONE } from '../../src/demo/members.js';
import { Clock } from '../../src/platform/clock.js';
import { median, type Rounds, type Row } from '../measure.js';
import { crowds, type Step } from '../service/crowd.js';
import { householdNumber, phoneNumber } from '../service/household.js';
import { httpClient } from '../service/http-client.js';
import type { Served } from '../service/served.js';
import { dueOn, fillDue, settle } from './fill-due.js';
import { timedRun } from './timed-run.js';

const CLIENTS = 4;
const INTAKES_A_CLIENT = 5;

interface BesideSweep {
  readonly search: number;
  readonly form: number;
  readonly rows: readonly Row[];
}

/** What is left of the speed of searching, and of opening an intake for its form, while a sweep goes on; four at work without a pause. */
export async function besideSweep(served: Served, intakes: number, { rounds, roundMs }: Rounds): Promise<BesideSweep> {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, (_, client) => preparer(served, client)));
  const works = { search: clients.map(({ search }) => search), form: clients.map(({ form }) => form) };
  await fillDue(served, await dueOn(served, intakes, Clock.system().today(DEMO_TIME_ZONE)));
  await settle(served);
  const alone: Rate[] = [await rateOf(works, { rounds, roundMs })];
  const beside: Rate[] = [];
  let sweeping = false;
  let measuring: Promise<void> = Promise.resolve();
  const run = await timedRun(served, () => {
    sweeping = true;
    measuring = (async () => {
      while (sweeping) {
        const rate = await rateOf(works, { rounds: 1, roundMs });
        if (sweeping) beside.push(rate); // a round that outlasts the sweep would be too good
      }
    })();
  });
  sweeping = false;
  await measuring;
  alone.push(await rateOf(works, { rounds, roundMs }));
  if (beside.length === 0) throw new Error('the sweep was over before anything could be measured beside it');
  const [search, form] = (['search', 'form'] as const).map((name) => ({
    alone: median(alone.map((rate) => rate[name])),
    beside: median(beside.map((rate) => rate[name])),
  })) as [Compared, Compared];
  return {
    search: search.beside / search.alone,
    form: form.beside / form.alone,
    rows: [
      { name: 'search, a second', ...search },
      { name: 'form, a second', ...form },
      { name: `sweep of ${intakes} beside them`, seconds: run.sweep },
    ],
  };
}

interface Compared {
  readonly alone: number;
  readonly beside: number;
}

type Rate = Readonly<Record<'search' | 'form', number>>;

async function rateOf(works: Readonly<Record<'search' | 'form', readonly Step[]>>, rounds: Rounds): Promise<Rate> {
  const measured = await crowds(works, rounds);
  return { search: measured.get('search')!.perSecond, form: measured.get('form')!.perSecond };
}

async function preparer(served: Served, client: number): Promise<Readonly<Record<'search' | 'form', Step>>> {
  const call = httpClient(served);
  const entered: { readonly id: string; readonly phone: string }[] = [];
  for (let i = 0; i < INTAKES_A_CLIENT; i++) {
    const number = client * INTAKES_A_CLIENT + i;
    const { id } = await call<{ id: string }>('POST', '/api/intakes', { taxYear: new Date().getFullYear() - 1, answers: householdNumber(number) });
    entered.push({ id, phone: phoneNumber(number) });
  }
  let next = 0;
  const one = () => entered[next++ % entered.length]!;
  return {
    search: () => call('POST', '/api/intakes/search', { phone: one().phone }),
    form: () => call('GET', `/api/intakes/${one().id}`),
  };
}
