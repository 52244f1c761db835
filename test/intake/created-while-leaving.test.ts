import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

const SOMEBODY_WAITS = `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS waits`;

let service: TestService;
let keys: pg.Client;
let records: pg.Client;
let preparer: ApiClient;
let administrator: ApiClient;
beforeEach(async () => {
  service = await startTestService();
  preparer = service.api('preparer');
  administrator = service.api('administrator');
  expect((await disable('preparer2')).body).toEqual({ leaving: 'erased' });
  [keys, records] = [service.databases.urls.keys, service.databases.urls.records].map(({ owner }) => new pg.Client({ connectionString: owner })) as [pg.Client, pg.Client];
  await Promise.all([keys.connect(), records.connect()]);
});
afterEach(async () => {
  await Promise.all([keys.end(), records.end()]);
  await service.stop();
});

async function idOf(name: string): Promise<string> {
  const { email } = service.members.find((member) => member.email.startsWith(`${name}@`))!;
  return (await service.databases.recordsOwner<{ id: string }>('SELECT id FROM member WHERE email = $1', [email]))[0]!.id;
}

const disable = async (name: string) => administrator.post(`/api/members/${await idOf(name)}/disable`);
const create = () => preparer.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Robin' } } }).then((answer) => answer);
const count = async (query: TestService['databases']['keysOwner'], sql: string): Promise<number> => (await query(sql)).length;

async function untilSomebodyWaits(query: TestService['databases']['keysOwner']): Promise<void> {
  while (!(await query<{ waits: boolean }>(SOMEBODY_WAITS))[0]!.waits) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('an intake that the only holder of the key creates while they are disabled', () => {
  it('is not taken once they have been erased: nobody could ever open it', async () => {
    await keys.query('BEGIN');
    await keys.query('LOCK TABLE life_share IN EXCLUSIVE MODE'); // the vault is open, and nothing is recorded yet
    const creating = create();
    await untilSomebodyWaits(service.databases.keysOwner);
    expect((await disable('preparer')).body).toEqual({ leaving: 'erased' });
    await keys.query('COMMIT');
    expect(await creating).toMatchObject({ status: 401, body: { code: 'SIGNED_OUT' } });
    expect(await count(service.databases.recordsOwner, 'SELECT FROM intake')).toBe(0);
  });

  it('keeps the key where it is recorded first', async () => {
    await records.query('BEGIN');
    await records.query('LOCK TABLE section IN EXCLUSIVE MODE'); // its grant is kept, and its row is not there yet
    const creating = create();
    await untilSomebodyWaits(service.databases.recordsOwner);
    const leaving = disable('preparer').then(({ body }) => body as unknown);
    await expectWaiters(2);
    await records.query('COMMIT');
    expect([(await creating).status, await leaving]).toEqual([201, { leaving: 'blocked' }]);
    expect(await count(service.databases.keysOwner, `SELECT FROM half WHERE kind = 'grant' AND member_id = '${await idOf('preparer')}'`)).toBe(1);
  });

  /** Before the two of them are told what comes first, both have to be there. */
  async function expectWaiters(number: number): Promise<void> {
    const waiters = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while ((await count(service.databases.recordsOwner, waiters)) < number) await new Promise((resolve) => setTimeout(resolve, 20));
  }
});
