import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runPurge } from '../support/run-purge.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

/** A commit that fails, as a crash or a lost connection at that moment would make it. */
const REFUSE = `
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`;

let service: TestService;
let api: ApiClient;
let at: string;
beforeAll(async () => {
  service = await startTestService({ now: '2027-02-01' });
  await service.databases.recordsOwner(REFUSE);
  await service.databases.keysOwner(REFUSE);
});
afterAll(() => service.stop());

beforeEach(async () => {
  api = await service.signInAgain('preparer');
  const answers = { taxpayer: { firstName: 'Ines', taxpayerId: '400-00-5555' }, contact: { phone: '2025550155' } };
  at = `/api/intakes/${(await api.post('/api/intakes', { taxYear: 2026, answers })).body.id}`;
});
afterEach(async () => {
  await service.databases.recordsOwner('DROP TRIGGER IF EXISTS refuse ON intake');
  await service.databases.keysOwner('DROP TRIGGER IF EXISTS refuse ON life_share');
});

const refuseRecords = () =>
  service.databases.recordsOwner(
    'CREATE CONSTRAINT TRIGGER refuse AFTER INSERT OR UPDATE ON intake DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()',
  );
/** The key store's second part of a save is the only one that shortens days or makes shares. */
const refuseSettling = () =>
  service.databases.keysOwner('CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON life_share FOR EACH ROW EXECUTE FUNCTION refuse()');
const addressDay = async () =>
  (await service.databases.keysOwner<{ due: string }>(`SELECT due_day::text AS due FROM life_share WHERE class = 'address' AND intake_id = $1`, [at.split('/').at(-1)]))[0]!.due;

async function matches(phone: string): Promise<number> {
  return (await api.post('/api/intakes/search', { phone })).body.matches.filter(({ id }: { id: string }) => at.endsWith(id)).length;
}

async function nextDay(days: number): Promise<void> {
  service.clock.advanceDays(days);
  expect((await runPurge(await service.signInAgain('administrator'))).state).toBe('finished');
  api = await service.signInAgain('preparer');
}

describe('a crash between the key store and the records', () => {
  it('when creating leaves nothing that can be found or read, and nothing after its day', async () => {
    await refuseRecords();
    expect((await api.post('/api/intakes', { taxYear: 2026, answers: { contact: { phone: '2025550199' } } })).status).toBe(500);
    await service.databases.recordsOwner('DROP TRIGGER refuse ON intake');
    expect((await api.post('/api/intakes/search', { phone: '2025550199' })).body.matches).toEqual([]);
    const orphans = 'SELECT DISTINCT intake_id FROM life_share';
    const before = await service.databases.keysOwner(orphans);
    await nextDay(30);
    expect((await service.databases.keysOwner(orphans)).length).toBeLessThan(before.length);
  });

  it('when saving leaves what was there, findable as it was, and the next save goes through', async () => {
    await refuseRecords();
    expect((await api.patch(at, { version: 1, answers: { contact: { phone: '2025550166' } } })).status).toBe(500);
    await service.databases.recordsOwner('DROP TRIGGER refuse ON intake');
    expect((await api.get(`${at}?fields=contact`)).body).toMatchObject({ version: 1, answers: { contact: { phone: '2025550155' } } });
    expect([await matches('2025550155'), await matches('2025550166')]).toEqual([1, 0]);
    expect((await api.patch(at, { version: 1, answers: { contact: { phone: '2025550177' } } })).status).toBe(200);
    expect([await matches('2025550155'), await matches('2025550166'), await matches('2025550177')]).toEqual([0, 0, 1]);
  });

  it('after the records leaves the save done, and days that are too long until the next', async () => {
    const due = await addressDay();
    await service.databases.keysOwner(`UPDATE life_share SET due_day = due_day + 5 WHERE class = 'address'`); // of a save that failed
    await refuseSettling();
    expect((await api.patch(at, { version: 1, answers: { contact: { phone: '2025550166' } } })).status).toBe(500);
    await service.databases.keysOwner('DROP TRIGGER refuse ON life_share');
    expect((await api.get(`${at}?fields=contact`)).body).toMatchObject({ version: 2, answers: { contact: { phone: '2025550166' } } });
    expect([await matches('2025550155'), await matches('2025550166')]).toEqual([0, 1]);
    expect(await addressDay() > due).toBe(true);
    expect((await api.patch(at, { version: 2, answers: {} })).status).toBe(200);
    expect(await addressDay()).toBe(due);
  });

  it('is not needed for the rows of earlier versions to go, and for what is there no more to match nothing', async () => {
    expect((await api.patch(at, { version: 1, answers: { contact: { phone: '2025550166' } } })).status).toBe(200);
    const versions = () => service.databases.keysOwner<{ version: number }>('SELECT DISTINCT version FROM lookup WHERE intake_id = $1 ORDER BY 1', [at.split('/').at(-1)]);
    expect(await versions()).toEqual([{ version: 2 }]);
    expect([await matches('2025550155'), await matches('2025550166')]).toEqual([0, 1]);
    await nextDay(3);
    expect([await matches('2025550155'), await matches('2025550166')]).toEqual([0, 1]);
    expect((await api.patch(at, { version: 2, answers: { contact: { phone: '2025550177' } } })).status).toBe(200);
    expect(await versions()).toEqual([{ version: 3 }]);
  });

  it('when numbers begin anew leaves them gone and able to be given again, on either side', async () => {
    for (const stage of ['prepared', 'filed']) await api.post(`${at}/stage`, { stage });
    await nextDay(3);
    await api.post(`${at}/stage`, { stage: 'rejected' });
    const again = { taxpayer: { taxpayerId: '400-00-6666' } };
    await refuseRecords();
    expect((await api.patch(at, { version: 4, answers: again })).status).toBe(500);
    await service.databases.recordsOwner('DROP TRIGGER refuse ON intake');
    expect((await api.get(`${at}?fields=taxpayer.taxpayerId`)).status).toBe(410);
    await refuseSettling();
    expect((await api.patch(at, { version: 4, answers: again })).status).toBe(500);
    await service.databases.keysOwner('DROP TRIGGER refuse ON life_share');
    expect((await api.get(`${at}?fields=taxpayer.taxpayerId`)).status).toBe(410);
    expect((await api.patch(at, { version: 5, answers: again })).status).toBe(200);
    expect((await api.get(`${at}?fields=taxpayer`)).body.answers.taxpayer.firstName).toBe('Ines');
    expect((await api.get(`${at}?fields=taxpayer.taxpayerId`)).body.answers.taxpayer.taxpayerId).toBe('400-00-6666');
  });
});
