import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CrashWorld } from './crash-world.js';
import { CRASH_TIMEOUT_MS, dieEverywhere } from './die-everywhere.js';
import { must } from './people.js';
import { dropSpare, type Answer } from './running-service.js';
import { runToEnd } from './run-to-end.js';

const [NUMBER, OTHER_NUMBER] = ['400-00-1234', '400-00-4321'];

let world: CrashWorld;
beforeAll(async () => {
  world = await CrashWorld.founded();
});
afterAll(async () => {
  await world.close();
  await dropSpare();
});

interface Rejected {
  readonly id: string;
  readonly version: number;
}

async function create(): Promise<string> {
  const answers = { taxpayer: { firstName: 'Robin', taxpayerId: NUMBER } };
  return must(await world.survivor.ask('POST', '/api/intakes', { taxYear: 2026, answers }, world.preparer.token), 201).body.id;
}

const toStage = (id: string, stage: string, dieAt?: string) => world.victim.ask('POST', `/api/intakes/${id}/stage`, { stage }, world.preparer.token, dieAt);
const enter = ({ id, version }: Rejected, taxpayerId: string, dieAt?: string) =>
  world.victim.ask('PATCH', `/api/intakes/${id}`, { version, answers: { taxpayer: { taxpayerId } } }, world.preparer.token, dieAt);

/** Of the numbers; on the process that lives. */
async function pastTheDay(): Promise<void> {
  world.moveDays(4);
  expect((await runToEnd(world, world.survivor)).body.state).toBe('finished');
}

/** The same on both processes. */
async function read(id: string, fields: string): Promise<Answer> {
  const path = `/api/intakes/${id}?fields=${fields}`;
  const [one, other] = await Promise.all(world.services.map((service) => service.ask('GET', path, undefined, world.preparer.token)));
  expect(other).toEqual(one);
  return one!;
}

/** Rejected, after the day of its number; and after a run, or before the next one. */
async function rejected(run: 'run' | 'no run' = 'run'): Promise<Rejected> {
  const id = await create();
  let version = 0;
  for (const stage of ['prepared', 'filed', 'rejected']) version = must(await toStage(id, stage), 200).body.version;
  if (run === 'run') await pastTheDay();
  else world.moveDays(4);
  must(await read(id, 'taxpayer.taxpayerId'), 410);
  return { id, version };
}

describe('a service killed while', () => {
  it('an intake moves to another stage leaves it there or where it was, with all its answers, and able to move', async () => {
    const deaths = await dieEverywhere(world, {
      name: 'stage',
      prepare: create,
      run: (id, dieAt) => toStage(id, 'prepared', dieAt),
      check: async (id, answer) => {
        for (const stages of [answer ? ['prepared'] : ['open', 'prepared'], ['prepared']]) {
          const { body } = must(await read(id, 'taxpayer.firstName,taxpayer.taxpayerId'), 200);
          expect(body.answers).toEqual({ taxpayer: { firstName: 'Robin', taxpayerId: NUMBER } });
          expect(stages).toContain(body.stage);
          must(await toStage(id, 'prepared'), 200); // the same again is no step
        }
      },
    });
    expect(deaths.length).toBeGreaterThanOrEqual(2);
  }, CRASH_TIMEOUT_MS);

  it('numbers begin anew after a rejection leaves none or the new one, which can be changed and ends on its day', async () => {
    const deaths = await dieEverywhere(world, {
      name: 'numbers anew',
      prepare: () => rejected(),
      run: (given, dieAt) => enter(given, OTHER_NUMBER, dieAt),
      check: async (given, answer) => {
        const now = await read(given.id, 'taxpayer.taxpayerId');
        if (answer || now.status !== 410) expect(must(now, 200).body.answers).toEqual({ taxpayer: { taxpayerId: OTHER_NUMBER } });
        const { version } = must(await read(given.id, 'taxpayer.firstName'), 200).body;
        // Committed without a life to be read by, the number was not acknowledged, and is to be given again.
        expect(now.status === 200 ? [1] : [0, 1]).toContain(version - given.version);
        must(await enter({ ...given, version }, NUMBER), 200);
        expect(must(await read(given.id, 'taxpayer.taxpayerId'), 200).body.answers).toEqual({ taxpayer: { taxpayerId: NUMBER } });
        await pastTheDay();
        must(await read(given.id, 'taxpayer.taxpayerId'), 410);
      },
    });
    expect(deaths.length).toBeGreaterThanOrEqual(2);
  }, CRASH_TIMEOUT_MS);

  it('numbers begin anew before a run has destroyed the old ones leaves nothing that keeps an intake from being worked on, or a run from its end', async () => {
    const deaths = await dieEverywhere(world, {
      name: 'numbers anew, no run',
      prepare: () => rejected('no run'),
      run: (given, dieAt) => enter(given, OTHER_NUMBER, dieAt),
      check: async (given, answer) => {
        expect((await runToEnd(world, world.survivor)).body.state).toBe('finished');
        const now = await read(given.id, 'taxpayer.taxpayerId');
        if (answer || now.status !== 410) expect(must(now, 200).body.answers).toEqual({ taxpayer: { taxpayerId: OTHER_NUMBER } });
        const { version } = must(await read(given.id, 'taxpayer.firstName'), 200).body;
        must(await enter({ ...given, version }, NUMBER), 200);
        expect(must(await read(given.id, 'taxpayer.taxpayerId'), 200).body.answers).toEqual({ taxpayer: { taxpayerId: NUMBER } });
        await pastTheDay();
        must(await read(given.id, 'taxpayer.taxpayerId'), 410);
      },
    });
    expect(deaths.length).toBeGreaterThanOrEqual(2);
  }, CRASH_TIMEOUT_MS);
});
