import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { CrashWorld } from '../../crash/crash-world.js';
import { must } from '../../crash/people.js';
import { runToEnd } from '../../crash/run-to-end.js';
import { dropSpare } from '../../crash/running-service.js';

const ROUNDS = 24;
/** A run reaches its point of no return within it, as a rule: the hold comes before, in the middle, and after. */
const LATEST_MS = 150;

let world: CrashWorld;
beforeAll(async () => {
  world = await CrashWorld.founded();
});
afterAll(async () => {
  await world.close();
  await dropSpare();
});

interface Due {
  /** Its numbers alone in their bucket. */
  readonly alone: string;
  /** In a bucket that one which is not due has to leave first. */
  readonly beside: string;
  readonly stays: string;
}

async function create(): Promise<string> {
  const answers = { taxpayer: { firstName: 'Robin', taxpayerId: '400-00-1234' } };
  return must(await world.survivor.ask('POST', '/api/intakes', { taxYear: 2026, answers }, world.preparer.token), 201).body.id;
}

/** Numbers are destroyed three days after the last change. Takes four days. */
async function due(): Promise<Due> {
  const alone = await create();
  world.moveDays(1);
  const [beside, stays] = [await create(), await create()];
  world.moveDays(1);
  must(await world.survivor.ask('PATCH', `/api/intakes/${stays}`, { version: 1, answers: { contact: { phone: '2025550100' } } }, world.preparer.token), 200);
  world.moveDays(2);
  return { alone, beside, stays };
}

interface Placed {
  readonly covered: number;
  /** What it said to have come too late for. */
  readonly late: readonly string[];
}

const place = async ({ alone, beside, stays }: Due): Promise<Placed> => {
  const scope = { intakes: [alone, beside, stays], classes: ['credentials'] };
  const { body } = must(await world.survivor.ask('POST', '/api/holds', { matter: '2027-CV-0142', scope }, world.administrator.token), 201);
  return { covered: body.covers.credentials, late: body.tooLate.intakes.map(({ intake }: { intake: string }) => intake) };
};

async function alive(intakes: readonly string[]): Promise<readonly string[]> {
  const rows = await world.databases.keysOwner<{ id: string }>(
    `SELECT s.intake_id AS id FROM life_share s JOIN bucket b ON b.id = s.bucket_id WHERE s.class = 'credentials' AND s.intake_id = ANY ($1::uuid[]) ORDER BY 1`,
    [intakes],
  );
  return rows.map(({ id }) => id);
}

async function sealed(intakes: readonly string[]): Promise<readonly string[]> {
  const rows = await world.databases.recordsOwner<{ id: string }>(
    `SELECT intake_id AS id FROM section WHERE class = 'credentials' AND intake_id = ANY ($1::uuid[]) ORDER BY 1`,
    [intakes],
  );
  return rows.map(({ id }) => id);
}

async function run(): Promise<void> {
  expect((await runToEnd(world, world.victim)).body.state).toBe('finished');
}

describe('a hold on one process beside a run on another', () => {
  it('keeps for good whatever it says that it keeps, wherever in the run it comes', async () => {
    const kept: string[] = [];
    const seen = new Map<number, number>();
    for (let round = 0; round < ROUNDS; round++) {
      const given = await due();
      const intakes = Object.values(given) as string[];
      if (round === ROUNDS - 1) await run();
      const placing = round === 0 ? Promise.resolve(await place(given)) : sleep((LATEST_MS * round) / ROUNDS).then(() => place(given));
      const [{ covered, late }] = await Promise.all([placing, run()]);
      seen.set(covered, (seen.get(covered) ?? 0) + 1);
      const left = await alive(intakes);
      // Counted once the hold was in force: nothing of it has gone since, and nothing that had gone came back.
      expect([round, left.length]).toEqual([round, covered]);
      expect(left).toContain(given.stays);
      // Whatever is not kept was gone by then, and was said to be: swept or not, certified or not.
      expect([round, [...late, ...left].sort()]).toEqual([round, [...intakes].sort()]);
      expect([round, await sealed(left)]).toEqual([round, left]);
      kept.push(...left);
    }
    // The first came before the run and the last after it.
    expect([seen.has(3), seen.has(1)]).toEqual([true, true]);
    world.moveDays(1);
    await run();
    kept.sort();
    expect(await alive(kept)).toEqual(kept);
    expect(await sealed(kept)).toEqual(kept);
  }, 300_000);
});
