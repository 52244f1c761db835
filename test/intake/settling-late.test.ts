import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestService, type TestService } from '../support/test-service.js';

const SOMEBODY_WAITS = `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS waits`;
type Waits = { waits: boolean };

let service: TestService;
let holder: pg.Client;
beforeAll(async () => {
  service = await startTestService();
  holder = new pg.Client({ connectionString: service.databases.urls.keys.owner });
  await holder.connect();
});
afterAll(async () => {
  await holder.end();
  await service.stop();
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a save whose second word to the key store comes late', () => {
  it('does not shorten what a later save has made longer', async () => {
    const api = service.api('preparer');
    const given = { consents: { form15080GivenOn: '2027-02-01' } };
    const id = (await api.post('/api/intakes', { taxYear: 2026, answers: given })).body.id as string;
    const at = `/api/intakes/${id}`;
    const dueDay = async () =>
      (await service.databases.keysOwner(`SELECT due_day FROM life_share WHERE intake_id = $1 AND class = 'consents'`, [id]))[0];
    const atSeasonEnd = await dueDay();

    await holder.query('BEGIN');
    await holder.query(`SELECT FROM life_share WHERE intake_id = $1 AND class = 'consents' FOR UPDATE`, [id]);
    const withdrawn = api.patch(at, { version: 1, answers: { consents: null } }).then(({ status }) => status);
    await until(async () => (await service.databases.keysOwner<Waits>(SOMEBODY_WAITS))[0]!.waits);
    let isDone = false;
    const givenAgain = api.patch(at, { version: 2, answers: given }).then(({ status }) => {
      isDone = true;
      return status;
    });
    // Done beside the first one, or waiting for it at the intake: either is right.
    await until(async () => isDone || (await service.databases.recordsOwner<Waits>(SOMEBODY_WAITS))[0]!.waits);
    await holder.query('COMMIT');

    expect(await Promise.all([withdrawn, givenAgain])).toEqual([200, 200]);
    expect(await dueDay()).toEqual(atSeasonEnd);
  });
});
