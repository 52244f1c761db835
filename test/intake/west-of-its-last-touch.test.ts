import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

let service: TestService;
let api: ApiClient;
beforeAll(async () => {
  service = await startTestService({ now: '2027-02-01' });
  service.clock.setTo(new Date('2027-02-01T05:30:00Z')); // half past midnight in New York, the evening before in Los Angeles
  api = await service.signInAgain('preparer');
});
afterAll(() => service.stop());

const dueOf = async (id: string) => (await api.get(`/api/intakes/${id}?fields=contact`)).body.due as object;
const rows = (id: string) => service.databases.recordsOwner('SELECT touched_day::text, done_day::text FROM intake WHERE id = $1', [id]);

describe('an intake that was touched on a day that has not begun where its site is now', () => {
  it('does not end sooner for being touched again', async () => {
    const { id } = (await api.post('/api/intakes', { taxYear: 2026, answers: { contact: { phone: '2025550155' } } })).body as { id: string };
    expect(await dueOf(id)).toEqual({ contact: '2027-03-03' });
    await (await service.signInAgain('administrator')).patch('/api/site', { timeZone: 'America/Los_Angeles' }).expect(200);
    await api.patch(`/api/intakes/${id}`, { version: 1, answers: { contact: { phone: '2025550166' } } }).expect(200);
    expect([await dueOf(id), await rows(id)]).toEqual([{ contact: '2027-03-03' }, [{ touched_day: '2027-02-01', done_day: null }]]);
    await api.post(`/api/intakes/${id}/stage`, { stage: 'prepared' }).expect(200);
    await api.post(`/api/intakes/${id}/stage`, { stage: 'done' }).expect(200);
    expect([await dueOf(id), await rows(id)]).toEqual([{ contact: '2027-03-03' }, [{ touched_day: '2027-02-01', done_day: '2027-02-01' }]]);
  });
});
