import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestService, type TestService } from '../support/test-service.js';

/** What a save tells the key store, seen from its rows. */
describe('a save', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ now: '2027-02-01' });
  });
  afterAll(() => service.stop());

  const enter = async (): Promise<string> => {
    const answers = { taxpayer: { firstName: 'Ines', lastName: 'Farrow', dateOfBirth: '1980-02-03' }, contact: { phone: '2025550101' } };
    return (await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers }).expect(201)).body.id as string;
  };
  const save = (id: string, version: number, answers: object) => service.api('preparer').patch(`/api/intakes/${id}`, { version, answers }).expect(200);
  const versions = async (id: string): Promise<number[]> => {
    const rows = await service.databases.keysOwner<{ version: number }>('SELECT version FROM lookup WHERE intake_id = $1 ORDER BY version, slot', [id]);
    return rows.map(({ version }) => version);
  };
  const dueDay = async (id: string): Promise<string> => {
    const [row] = await service.databases.keysOwner<{ day: string }>(`SELECT due_day AS day FROM life_share WHERE intake_id = $1 AND class = 'contact'`, [id]);
    return row!.day;
  };
  const found = async (search: object): Promise<string[]> => {
    const { body } = await service.api('preparer').post('/api/intakes/search', search).expect(200);
    return (body as { matches: { id: string }[] }).matches.map(({ id }) => id);
  };

  it('tells it nothing when no day and nothing that one is found by changes', async () => {
    const id = await enter();
    await save(id, 1, { taxpayer: { jobTitle: 'Welder' } });
    expect(await versions(id)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await found({ phone: '2025550101' })).toContain(id);
    expect((await service.api('preparer').get(`/api/intakes/${id}`).expect(200)).body.answers.taxpayer.jobTitle).toBe('Welder');
  });

  it('replaces all its lookup rows when something that one is found by changes', async () => {
    const id = await enter();
    await save(id, 1, { contact: { phone: '2025550177' } });
    expect(await versions(id)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(await found({ phone: '2025550177' })).toEqual([id]);
    expect(await found({ phone: '2025550101' })).not.toContain(id);
  });

  it('tells it the new days of another day', async () => {
    const id = await enter();
    const before = await dueDay(id);
    service.clock.advanceDays(1);
    const client = await service.signInAgain('preparer');
    await client.patch(`/api/intakes/${id}`, { version: 1, answers: { taxpayer: { jobTitle: 'Welder' } } }).expect(200);
    expect([before, await dueDay(id)]).toEqual(['2027-03-03', '2027-03-04']);
    expect(await versions(id)).toEqual([2, 2, 2, 2, 2, 2]);
  });
});
