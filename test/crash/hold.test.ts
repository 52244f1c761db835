import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CrashWorld } from './crash-world.js';
import { CRASH_TIMEOUT_MS, dieEverywhere, EVERYWHERE } from './die-everywhere.js';
import { must } from './people.js';
import { runToEnd } from './run-to-end.js';
import { dropSpare, type Answer, type RunningService } from './running-service.js';

let world: CrashWorld;
beforeAll(async () => {
  world = await CrashWorld.foundedByTwo();
});
afterAll(async () => {
  await world.close();
  await dropSpare();
});

const place = (service: RunningService, id: string, dieAt?: string): Promise<Answer> =>
  service.ask('POST', '/api/holds', { matter: '2027-CV-0142', scope: { intakes: [id], classes: ['credentials'] } }, world.administrator.token, dieAt);

async function create(): Promise<string> {
  const answers = { taxpayer: { firstName: 'Robin', taxpayerId: '400-00-1234' } };
  return must(await world.survivor.ask('POST', '/api/intakes', { taxYear: 2026, answers }, world.preparer.token), 201).body.id;
}

interface ListedHold {
  readonly id: string;
  readonly scope: { readonly intakes?: readonly string[] };
  readonly releasedAt: string | null;
}

/** The holds on an intake that are in force, as either process lists them. */
async function holdsOn(intake: string): Promise<readonly string[]> {
  const [one, other] = await Promise.all(
    world.services.map(async (service) => {
      const { body } = must(await service.ask('GET', '/api/holds', undefined, world.administrator.token), 200);
      return (body.holds as ListedHold[]).filter(({ scope, releasedAt }) => scope.intakes?.includes(intake) && releasedAt === null).map(({ id }) => id);
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

/** Numbers are destroyed three days after the last change. @returns the status of reading them after a run */
async function readPastItsDay(id: string): Promise<number> {
  world.moveDays(4);
  expect((await runToEnd(world, world.survivor)).body.state).toBe('finished');
  return (await world.victim.ask('GET', `/api/intakes/${id}?fields=taxpayer.taxpayerId`, undefined, world.preparer.token)).status;
}

describe('a service killed while it places a hold', () => {
  it('has placed it, and logged it, or has not: what is listed is kept, and what is acknowledged is listed', async () => {
    const deaths = await dieEverywhere(world, {
      name: 'hold',
      prepare: create,
      run: (id, dieAt) => place(world.victim, id, dieAt),
      check: async (id, answer) => {
        if (answer) must(answer, 201);
        const holds = await holdsOn(id);
        expect(holds.length).toBeLessThanOrEqual(1);
        if (answer) expect(holds).toEqual([answer.body.id]);
        // The start after the crash has logged what it found.
        for (const hold of holds) expect([['hold.placed'], ['hold.found']]).toContainEqual(await logged(hold));
        expect([await readPastItsDay(id), await holdsOn(id)]).toEqual([holds.length === 1 ? 423 : 410, holds]);
      },
    });
    expect(deaths.length).toBeGreaterThanOrEqual(2);
  }, CRASH_TIMEOUT_MS);
});

interface Asked {
  readonly intake: string;
  readonly hold: string;
  readonly approval: string;
}

async function releaseAsked(): Promise<Asked> {
  const intake = await create();
  const hold: string = must(await place(world.survivor, intake), 201).body.id;
  const { body } = must(await world.survivor.ask('POST', `/api/holds/${hold}/release`, { reason: 'Counsel wrote that the matter is over.' }, world.administrator.token), 202);
  return { intake, hold, approval: body.approvalId };
}

const approve = ({ approval }: Asked, dieAt?: string): Promise<Answer> =>
  world.victim.ask('POST', `/api/approvals/${approval}/approve`, {}, world.second.token, dieAt);

describe('a service killed while two release a hold', () => {
  it('has released it for good, or keeps everything until it is approved again', async () => {
    const outcomes = new Set<boolean>();
    const deaths = await dieEverywhere(world, {
      name: 'hold release',
      prepare: releaseAsked,
      run: approve,
      check: async (asked, answer) => {
        if (answer) must(answer, 204);
        const entries = await logged(asked.hold);
        const isReleased = entries.includes('hold.released');
        if (!answer) outcomes.add(isReleased);
        expect(entries).toEqual(['hold.placed', ...(isReleased ? ['hold.released'] : [])]);
        // Two approved it, and whatever was killed: it has ended. Nobody did: it stands.
        expect(await holdsOn(asked.intake)).toEqual(isReleased ? [] : [asked.hold]);
        if (answer) expect(isReleased).toBe(true);
        expect(await readPastItsDay(asked.intake)).toBe(isReleased ? 410 : 423);
        if (isReleased) return;
        must(await approve(asked), 204);
        expect(await readPastItsDay(asked.intake)).toBe(410);
      },
    });
    expect(deaths.length).toBeGreaterThanOrEqual(2);
    // It died after the approval was on disk; and where it dies everywhere, before it too.
    expect([...outcomes].sort()).toEqual(EVERYWHERE ? [false, true] : [true]);
  }, CRASH_TIMEOUT_MS);
});
