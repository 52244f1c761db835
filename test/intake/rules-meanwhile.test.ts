import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { runPurge } from '../support/run-purge.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

const WAITING = `SELECT count(*)::integer AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

let service: TestService;
let api: ApiClient;
let administrator: ApiClient;
let records: pg.Client;
beforeAll(async () => {
  service = await startTestService({ now: '2027-02-01' });
  [api, administrator] = [service.api('preparer'), service.api('administrator')];
  records = new pg.Client({ connectionString: service.databases.urls.records.owner });
  await records.connect();
});
afterAll(async () => {
  await records.end();
  await service.stop();
});

async function untilWaiting(count: number): Promise<void> {
  while ((await service.databases.recordsOwner<{ waiting: number }>(WAITING))[0]!.waiting < count) await new Promise((resolve) => setTimeout(resolve, 20));
}

const seasonEnd = (end: string) => administrator.patch('/api/site', { seasonEnd: end }).expect(200);
const dueOf = async (id: string) =>
  (await service.databases.keysOwner<{ due: string }>(`SELECT due_day::text AS due FROM life_share WHERE class = 'consents' AND intake_id = $1`, [id]))[0]?.due;
const followed = async () => {
  while ((await service.databases.recordsOwner('SELECT FROM rules_changed')).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
};

describe('a season end that is moved while a step brings days forward', () => {
  it('counts for what the step tells the key store after its commit, and no run takes its day for written by hand', async () => {
    await seasonEnd('2027-03-10');
    await followed();
    const { id } = (await api.post('/api/intakes', { taxYear: 2026, answers: { consents: { form15080GivenOn: '2027-02-01' } } })).body as { id: string };
    await api.post(`/api/intakes/${id}/stage`, { stage: 'prepared' });
    expect(await dueOf(id)).toBe('2027-03-10');

    await records.query('BEGIN');
    await records.query('LOCK TABLE section IN EXCLUSIVE MODE'); // the step has read the rules, and is not recorded yet
    const step = api.post(`/api/intakes/${id}/stage`, { stage: 'done' }).then(({ status }) => status);
    await untilWaiting(1);
    await seasonEnd('2027-06-30');
    await untilWaiting(2); // whoever lets the days follow waits for the intake
    await records.query('COMMIT');
    expect(await step).toBe(200);
    await followed();
    expect(await dueOf(id)).toBe('2027-06-30');

    await runPurge(administrator);
    expect(await service.databases.recordsOwner(`SELECT FROM log_entry WHERE kind = 'inputs.corrected'`)).toEqual([]);
  });
});
