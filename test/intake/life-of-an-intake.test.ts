import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runPurge } from '../support/run-purge.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

let service: TestService;
let preparer: ApiClient;
let administrator: ApiClient;
beforeAll(async () => {
  service = await startTestService({ now: '2027-02-01' });
  preparer = service.api('preparer');
  administrator = service.api('administrator');
});
afterAll(() => service.stop());

async function nextDays(days: number): Promise<void> {
  service.clock.advanceDays(days);
  await signIn();
}

async function signIn(): Promise<void> {
  preparer = await service.signInAgain('preparer');
  administrator = await service.signInAgain('administrator');
}

const answers = {
  taxpayer: { firstName: 'Ines', lastName: 'Ferreira', dateOfBirth: '1990-01-01', taxpayerId: '400-00-5555' },
  contact: { phone: '2025550155' },
  situation: { maritalStatus: 'single' },
};

describe('the life of an intake', () => {
  it('ends class by class on its days, and leaves a tombstone', async () => {
    const { body } = await preparer.post('/api/intakes', { taxYear: 2026, answers });
    const at = `/api/intakes/${body.id}`;
    const stage = (name: string) => preparer.post(`${at}/stage`, { stage: name });
    const read = (fields = '') => preparer.get(`${at}${fields && `?fields=${fields}`}`);
    for (const name of ['prepared', 'filed', 'accepted', 'done']) expect((await stage(name)).status).toBe(200);

    await nextDays(3); // credentials: prepared + 3
    const late = await read('taxpayer.taxpayerId');
    expect([late.status, late.body.code, late.body.destroyed]).toEqual([410, 'DESTROYED', { credentials: '2027-02-04' }]);
    const mixed = await read('taxpayer.firstName,taxpayer.taxpayerId');
    expect([mixed.status, mixed.body.answers, mixed.body.destroyed]).toEqual([
      200,
      { taxpayer: { firstName: 'Ines' } },
      { credentials: '2027-02-04' },
    ]);
    expect((await runPurge(administrator)).state).toBe('finished');
    expect((await read('taxpayer.taxpayerId')).body.destroyed).toEqual({ credentials: '2027-02-04' });
    expect((await preparer.post('/api/intakes/search', { taxpayerId: '400-00-5555' })).body.matches).toEqual([]);
    expect((await preparer.post('/api/intakes/search', { phone: '2025550155' })).body.matches).toEqual([{ id: body.id }]);

    for (let day = 4; day < 30; day += 3) {
      await nextDays(day === 4 ? 1 : 3);
      expect((await runPurge(administrator)).state).toBe('finished');
    }
    await signIn();
    expect((await read()).status).toBe(200);
    while (service.clock.today('America/New_York') < '2027-03-03') await nextDays(1);
    await signIn();
    expect((await read()).status).toBe(410);
    const run = await runPurge(administrator);
    expect(run.state).toBe('finished');

    const gone = await read();
    expect([gone.status, gone.body.code]).toEqual([410, 'DESTROYED']);
    expect((await preparer.patch(at, { version: 5, answers })).status).toBe(410);
    const { recordsOwner, keysOwner } = service.databases;
    for (const table of ['intake', 'section']) {
      const column = table === 'intake' ? 'id' : 'intake_id';
      expect(await recordsOwner(`SELECT FROM ${table} WHERE ${column} = $1`, [body.id])).toEqual([]);
    }
    for (const table of ['life_share', 'lookup']) expect(await keysOwner(`SELECT FROM ${table} WHERE intake_id = $1`, [body.id])).toEqual([]);
    expect(await recordsOwner('SELECT day FROM tombstone WHERE intake_id = $1', [body.id])).toEqual([{ day: '2027-03-03' }]);
    const certificate = await administrator.get(`/api/retention/certificates/${run.id}`);
    expect(certificate.status).toBe(200);
  });

  it('lets numbers be asked for again after a rejection', async () => {
    const { body } = await preparer.post('/api/intakes', { taxYear: 2026, answers });
    const at = `/api/intakes/${body.id}`;
    for (const name of ['prepared', 'filed']) await preparer.post(`${at}/stage`, { stage: name });
    await nextDays(3);
    expect((await runPurge(administrator)).state).toBe('finished');
    const again = { taxpayer: { taxpayerId: '400-00-6666' } };
    expect((await preparer.patch(at, { version: 3, answers: again })).status).toBe(410);
    await preparer.post(`${at}/stage`, { stage: 'rejected' });
    expect((await preparer.patch(at, { version: 4, answers: again })).status).toBe(200);
    expect((await preparer.get(`${at}?fields=taxpayer.taxpayerId,taxpayer.firstName`)).body.answers.taxpayer).toEqual({
      firstName: 'Ines',
      taxpayerId: '400-00-6666',
    });
    expect((await preparer.post('/api/intakes/search', { taxpayerId: '400-00-6666' })).body.matches).toEqual([{ id: body.id }]);
  });

  it('is prolonged by a touch, and by reading it not', async () => {
    const [read, touched] = await Promise.all([1, 2].map(() => preparer.post('/api/intakes', { taxYear: 2026, answers })));
    await nextDays(2);
    await preparer.get(`/api/intakes/${read!.body.id}?fields=taxpayer.taxpayerId`);
    await preparer.patch(`/api/intakes/${touched!.body.id}`, { version: 1, answers: { taxpayer: { jobTitle: 'Cook' } } });
    await nextDays(1);
    expect((await runPurge(administrator)).state).toBe('finished');
    expect((await preparer.get(`/api/intakes/${read!.body.id}?fields=taxpayer.taxpayerId`)).status).toBe(410);
    expect((await preparer.get(`/api/intakes/${touched!.body.id}?fields=taxpayer.taxpayerId`)).status).toBe(200);
  });

  it('is not read past its day under a hold, and not destroyed', async () => {
    const { body } = await preparer.post('/api/intakes', { taxYear: 2026, answers });
    await service.databases.keysOwner(`INSERT INTO hold (id, intakes, placed_at) VALUES (gen_random_uuid(), $1, now())`, [[body.id]]);
    await nextDays(3);
    expect((await runPurge(administrator)).state).toBe('finished');
    const held = await preparer.get(`/api/intakes/${body.id}?fields=taxpayer.taxpayerId`);
    expect([held.status, held.body.code]).toEqual([423, 'PRESERVED']);
    expect((await service.databases.keysOwner(`SELECT FROM life_share WHERE intake_id = $1 AND class = 'credentials'`, [body.id])).length).toBe(1);
  });
});
