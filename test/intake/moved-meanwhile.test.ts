import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestService, type TestService } from '../support/test-service.js';

const HERE = `database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
/** The key store's lock, as a run takes it; when somebody waits for it, credentials are destroyed. */
const DESTROY_UNDER_A_WAITER = `
  DO $$ BEGIN
    PERFORM pg_advisory_xact_lock(7466001);
    WHILE NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND ${HERE}) LOOP PERFORM pg_sleep(0.01); END LOOP;
    DELETE FROM bucket WHERE class = 'credentials';
  END $$`;
const HELD = `SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND granted AND ${HERE}) AS held`;

let service: TestService;
let run: pg.Client;
beforeAll(async () => {
  service = await startTestService();
  run = new pg.Client({ connectionString: service.databases.urls.keys.owner });
  await run.connect();
});
afterAll(async () => {
  await run.end();
  await service.stop();
});

async function whileDestroyed<T>(work: () => Promise<T>): Promise<T> {
  const destroyed = run.query(DESTROY_UNDER_A_WAITER);
  while (!(await service.databases.keysOwner<{ held: boolean }>(HELD))[0]!.held);
  const done = await work();
  await destroyed;
  return done;
}

describe('a class that is destroyed while a save waits for the run', () => {
  it('is left out of the save, and everything else is saved', async () => {
    const api = service.api('preparer');
    const answers = { taxpayer: { firstName: 'Ines', taxpayerId: '400-00-5555' } };
    const at = `/api/intakes/${(await api.post('/api/intakes', { taxYear: 2026, answers })).body.id}`;
    const saved = await whileDestroyed(() => api.patch(at, { version: 1, answers: { taxpayer: { firstName: 'Inez' } } }));
    expect([saved.status, saved.body.version]).toEqual([200, 2]);
    expect((await api.get(`${at}?fields=taxpayer`)).body.answers.taxpayer.firstName).toBe('Inez');
    expect((await api.get(`${at}?fields=taxpayer.taxpayerId`)).status).toBe(410);
    expect((await api.patch(at, { version: 2, answers: { contact: { phone: '2025550166' } } })).status).toBe(200);
  });

  it('is refused where the save is about it, and nothing is saved', async () => {
    const api = service.api('preparer');
    const at = `/api/intakes/${(await api.post('/api/intakes', { taxYear: 2026 })).body.id}`;
    const change = { version: 1, answers: { taxpayer: { firstName: 'Ines', taxpayerId: '400-00-5555' } } };
    expect((await whileDestroyed(() => api.patch(at, change))).status).toBe(410);
    expect((await api.get(`${at}?fields=taxpayer`)).body).toMatchObject({ version: 1 });
  });
});
