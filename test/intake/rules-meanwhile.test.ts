import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { runPurge } from '../support/run-purge.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

const WAITING = `SELECT count(*)::integer AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
const GIVEN = { consents: { form15080GivenOn: '2027-02-01' } };
type Query = TestService['databases']['keysOwner'];

let service: TestService;
let api: ApiClient;
let administrator: ApiClient;
let records: pg.Client;
let keys: pg.Client;
beforeAll(async () => {
  service = await startTestService({ now: '2027-02-01' });
  [api, administrator] = [service.api('preparer'), service.api('administrator')];
  [records, keys] = [service.databases.urls.records, service.databases.urls.keys].map(({ owner }) => new pg.Client({ connectionString: owner })) as [pg.Client, pg.Client];
  await Promise.all([records.connect(), keys.connect()]);
});
afterAll(async () => {
  await Promise.all([records.end(), keys.end()]);
  await service.stop();
});

async function untilWaiting(query: Query, count: number): Promise<void> {
  while ((await query<{ waiting: number }>(WAITING))[0]!.waiting < count) await sleep(20);
}

/** @param seconds after which it goes on without */
async function followed(seconds = Infinity): Promise<void> {
  for (const until = Date.now() + seconds * 1000; Date.now() < until && (await service.databases.recordsOwner('SELECT FROM rules_changed')).length > 0; ) await sleep(50);
}

async function seasonEnd(end: string): Promise<void> {
  await administrator.patch('/api/site', { seasonEnd: end }).expect(200);
}

const started = async (answers: object): Promise<string> => (await api.post('/api/intakes', { taxYear: 2026, answers })).body.id as string;
const dueOf = async (id: string) =>
  (await service.databases.keysOwner<{ due: string }>(`SELECT due_day::text AS due FROM life_share WHERE class = 'consents' AND intake_id = $1`, [id]))[0]?.due;

/** A run fails where days are too early that no change explains. */
async function expectFollowed(id: string, end: string): Promise<void> {
  await followed();
  expect(await dueOf(id)).toBe(end);
  expect((await runPurge(administrator)).state).toBe('finished');
}

describe('a season end that is moved on, and that everything there is follows, counts also for', () => {
  it('an intake whose life has been given and that is not recorded yet', async () => {
    await seasonEnd('2027-03-10');
    await followed();
    await records.query('BEGIN; LOCK TABLE section IN EXCLUSIVE MODE');
    const id = started(GIVEN);
    await untilWaiting(service.databases.recordsOwner, 1);
    await seasonEnd('2027-06-30');
    await followed(7);
    await records.query('COMMIT');
    await expectFollowed(await id, '2027-06-30');
  });

  it('a save that has read the rules and has not told the key store yet', async () => {
    await seasonEnd('2027-03-11');
    await followed();
    const id = await started({});
    await keys.query('BEGIN; LOCK TABLE lookup IN EXCLUSIVE MODE');
    const saved = api.patch(`/api/intakes/${id}`, { version: 1, answers: GIVEN }).then(({ status }) => status);
    await untilWaiting(service.databases.keysOwner, 1);
    await seasonEnd('2027-06-29');
    await followed(7);
    await keys.query('COMMIT');
    expect(await saved).toBe(200);
    await expectFollowed(id, '2027-06-29');
  });

  it('a step that has days to bring forward after its commit', async () => {
    await seasonEnd('2027-03-12');
    await followed();
    const id = await started(GIVEN);
    await api.post(`/api/intakes/${id}/stage`, { stage: 'prepared' }).expect(200);
    await records.query('BEGIN; LOCK TABLE section IN EXCLUSIVE MODE');
    const step = api.post(`/api/intakes/${id}/stage`, { stage: 'done' }).then(({ status }) => status);
    await untilWaiting(service.databases.recordsOwner, 1);
    await seasonEnd('2027-06-28');
    await sleep(6_000); // whoever lets the days follow has come, and waits
    await records.query('COMMIT');
    expect(await step).toBe(200);
    await expectFollowed(id, '2027-06-28');
  });
});
