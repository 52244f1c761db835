import { expect } from '@jest/globals';
import { must } from './people.js';
import type { PurgedWorld } from './purged-world.js';
import type { RunningService } from './running-service.js';

const NUMBER = '400-00-1234';
const STATUS = { there: 200, gone: 410, kept: 423 } as const;

/**
 * Intakes whose numbers are due today in every way there is: in a bucket where everything is due, in one that something
 * else must leave first, and one of tomorrow; and one that would be due and is under a legal hold. Numbers are destroyed three days after
 * the last change, the rest after thirty.
 */
export class DueIntakes {
  private constructor(
    private readonly world: PurgedWorld,
    /** Alone in its bucket; beside the one that stays. */
    private readonly due: readonly string[],
    /** In a bucket that is due, but changed a day later. */
    private readonly living: readonly string[],
    /** As `due`, and under a hold. */
    private readonly held: string,
  ) {}

  /** Takes four days. */
  static async make(world: PurgedWorld): Promise<DueIntakes> {
    const alone = await create(world);
    world.moveDays(1);
    const [beside, stays, held] = [await create(world), await create(world), await create(world)];
    const hold = { matter: '2027-CV-0142', scope: { intakes: [held], classes: ['credentials'] } };
    must(await world.services[1].ask('POST', '/api/holds', hold, world.administrator.token), 201);
    world.moveDays(1);
    const change = { version: 1, answers: { contact: { email: 'robin@example.org' } } };
    must(await world.services[1].ask('PATCH', `/api/intakes/${stays}`, change, world.preparer.token), 200);
    world.moveDays(2);
    return new DueIntakes(world, [alone, beside], [stays], held);
  }

  /** From its day on nothing due is read, run or no run; and whatever died, what lives is there, and what is held is kept. */
  async checkDue(): Promise<void> {
    for (const service of this.world.services) {
      for (const id of this.due) await expectNumber(this.world, service, id, 'gone');
      for (const id of this.living) await expectNumber(this.world, service, id, 'there');
      await expectNumber(this.world, service, this.held, 'kept');
    }
    expect(await this.kept()).toEqual([1, 1]);
  }

  /** Of what is held: shares whose bucket is there, and sections. */
  private async kept(): Promise<readonly number[]> {
    const [shares, sections] = await Promise.all([
      this.world.databases.keysOwner(`SELECT FROM life_share s JOIN bucket b ON b.id = s.bucket_id WHERE s.class = 'credentials' AND s.intake_id = $1`, [this.held]),
      this.world.databases.recordsOwner(`SELECT FROM section WHERE class = 'credentials' AND intake_id = $1`, [this.held]),
    ]);
    return [shares.length, sections.length];
  }

  /** After a run: with today's key store there is no number of a due one even for a clock that was turned back. */
  async checkDestroyed(): Promise<void> {
    await this.checkDue();
    const alive = await this.world.databases.keysOwner<{ intake_id: string }>(
      `SELECT s.intake_id FROM life_share s JOIN bucket b ON b.id = s.bucket_id WHERE s.class = 'credentials' AND s.intake_id = ANY ($1::uuid[])`,
      [[...this.due, ...this.living]],
    );
    expect(alive.map(({ intake_id }) => intake_id)).toEqual(this.living);
    const left = await this.world.databases.recordsOwner<{ intake_id: string }>(
      `SELECT intake_id FROM section WHERE class = 'credentials' AND intake_id = ANY ($1::uuid[])`,
      [[...this.due, ...this.living]],
    );
    expect(left.map(({ intake_id }) => intake_id)).toEqual(this.living);
  }
}

async function create(world: PurgedWorld): Promise<string> {
  const answers = { taxpayer: { firstName: 'Robin', taxpayerId: NUMBER } };
  return must(await world.services[1].ask('POST', '/api/intakes', { taxYear: 2026, answers }, world.preparer.token), 201).body.id;
}

async function expectNumber(world: PurgedWorld, service: RunningService, id: string, how: keyof typeof STATUS): Promise<void> {
  const ask = (fields: string) => service.ask('GET', `/api/intakes/${id}?fields=${fields}`, undefined, world.preparer.token);
  expect(must(await ask('taxpayer.firstName'), 200).body.answers).toEqual({ taxpayer: { firstName: 'Robin' } });
  const number = await ask('taxpayer.taxpayerId');
  expect([number.status, number.body.answers?.taxpayer?.taxpayerId]).toEqual([STATUS[how], how === 'there' ? NUMBER : undefined]);
}
