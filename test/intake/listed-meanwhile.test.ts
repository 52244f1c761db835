import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

const WAITING = `SELECT count(*)::integer AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
const SAID = { returnType: '1040', preparedBy: 'Priya Preparer' };

let service: TestService;
let api: ApiClient;
let records: pg.Client;
beforeAll(async () => {
  service = await startTestService({ now: '2027-02-01' });
  api = service.api('preparer');
  await service.api('administrator').patch('/api/site', { regime: 'compensated' }).expect(200);
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

describe('a step that waits while another puts the return onto the preparer’s list', () => {
  it('goes on with the list as it is by then, and keeps it', async () => {
    const { id } = (await api.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Ines', lastName: 'Ferreira' } } })).body as { id: string };
    const stage = (body: object) => api.post(`/api/intakes/${id}/stage`, body).then((answer) => answer);
    await records.query('BEGIN');
    await records.query('SELECT FROM intake WHERE id = $1 FOR UPDATE', [id]);
    const preparing = stage({ stage: 'prepared', preparerList: SAID });
    await untilWaiting(1);
    const filing = stage({ stage: 'filed' });
    await untilWaiting(2);
    await records.query('COMMIT');
    expect((await preparing).body).toEqual({ version: 2, stage: 'prepared' });
    expect((await filing).body).toEqual({ version: 3, stage: 'filed' });
    const { answers } = (await api.get(`/api/intakes/${id}?fields=preparerList`)).body as { answers: object };
    expect(answers).toEqual({ preparerList: { name: 'Ines Ferreira', taxYear: 2026, ...SAID } });
  });
});
