import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CrashWorld } from './crash-world.js';
import { CRASH_TIMEOUT_MS, dieEverywhere } from './die-everywhere.js';
import { must } from './people.js';
import { runToEnd } from './run-to-end.js';
import { dropSpare } from './running-service.js';

let world: CrashWorld;
beforeAll(async () => {
  world = await CrashWorld.founded();
});
afterAll(async () => {
  await world.close();
  await dropSpare();
});

async function create(): Promise<string> {
  const answers = { taxpayer: { firstName: 'Robin', taxpayerId: '400-00-1234' } };
  return must(await world.survivor.ask('POST', '/api/intakes', { taxYear: 2026, answers }, world.preparer.token), 201).body.id;
}

/** The holds on an intake, as either process lists them. */
async function holdsOn(intake: string): Promise<readonly string[]> {
  const [one, other] = await Promise.all(
    world.services.map(async (service) => {
      const { body } = must(await service.ask('GET', '/api/holds', undefined, world.administrator.token), 200);
      return (body.holds as { id: string; scope: { intakes?: string[] } }[]).filter(({ scope }) => scope.intakes?.includes(intake)).map(({ id }) => id);
    }),
  );
  expect(other).toEqual(one);
  return one!;
}

/** Names of the log's entries about one hold. */
async function logged(hold: string): Promise<readonly string[]> {
  const rows = await world.databases.recordsOwner<{ kind: string }>(
    `SELECT e.kind FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE p.context::jsonb ->> 'hold' = $1 ORDER BY e.id`,
    [hold],
  );
  return rows.map(({ kind }) => kind);
}

describe('a service killed while it places a hold', () => {
  it('has placed it, and logged it, or has not: what is listed is kept, and what is acknowledged is listed', async () => {
    const deaths = await dieEverywhere(world, {
      name: 'hold',
      prepare: create,
      run: (id, dieAt) =>
        world.victim.ask('POST', '/api/holds', { matter: '2027-CV-0142', scope: { intakes: [id], classes: ['credentials'] } }, world.administrator.token, dieAt),
      check: async (id, answer) => {
        if (answer) must(answer, 201);
        const holds = await holdsOn(id);
        expect(holds.length).toBeLessThanOrEqual(1);
        if (answer) expect(holds).toEqual([answer.body.id]);
        // The start after the crash has logged what it found.
        for (const hold of holds) expect([['hold.placed'], ['hold.found']]).toContainEqual(await logged(hold));
        world.moveDays(4);
        expect((await runToEnd(world, world.survivor)).body.state).toBe('finished');
        const { status } = await world.victim.ask('GET', `/api/intakes/${id}?fields=taxpayer.taxpayerId`, undefined, world.preparer.token);
        expect([status, await holdsOn(id)]).toEqual([holds.length === 1 ? 423 : 410, holds]);
      },
    });
    expect(deaths.length).toBeGreaterThanOrEqual(2);
  }, CRASH_TIMEOUT_MS);
});
