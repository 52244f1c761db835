import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordsDatabase } from '../../../src/platform/records-database.js';
import { RestorableService } from '../../support/restorable-service.js';

const REASON = 'Counsel wrote that the matter is over.';
const service = new RestorableService('2027-02-01T17:00:00Z');
const intakes = { released: '', standing: '' };
const holds = { released: '', standing: '' };

async function releaseHold(id: string): Promise<void> {
  const [first, second] = await service.clients('administrator');
  const asked = await first.post(`/api/holds/${id}/release`, { reason: REASON });
  expect([asked.status, (await second.post(`/api/approvals/${asked.body.approvalId}/approve`)).status]).toEqual([202, 204]);
}

const read = async (id: string) => (await (await service.clients('preparer'))[0].get(`/api/intakes/${id}`)).status;
const inForce = async (): Promise<readonly string[]> => {
  const { body } = await (await service.clients('administrator'))[0].get('/api/holds');
  return (body.holds as { id: string; releasedAt: string | null }[]).filter(({ releasedAt }) => releasedAt === null).map(({ id }) => id).sort();
};
const count = async (sql: string, ...parameters: unknown[]): Promise<number> =>
  service.app.get(RecordsDatabase).acrossSites(async (tx) => (await tx.query(sql, parameters)).length);

beforeAll(async () => {
  await service.start();
  const [preparer] = await service.clients('preparer');
  for (const name of ['released', 'standing'] as const) {
    intakes[name] = (await preparer.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Robin' } } }).expect(201)).body.id;
  }
  await service.run(); // signs the log, which is then one to go on from
  await service.copyAs('records.before');
  const [administrator] = await service.clients('administrator');
  for (const name of ['released', 'standing'] as const) {
    const scope = { intakes: [intakes[name]] };
    holds[name] = (await administrator.post('/api/holds', { matter: '2027-CV-0142', scope }).expect(201)).body.id;
  }
  await (await service.clients('preparer'))[0].patch(`/api/intakes/${intakes.standing}`, { version: 1, answers: { taxpayer: { firstName: 'Other' } } }).expect(200);
  await service.copyAs('records.held');
  await releaseHold(holds.released);
}, 120_000);
afterAll(() => service.end());

describe('a legal hold, where the records come back from a copy', () => {
  it('that is older than its release, stands again: who released it is forgotten, and what it keeps is not', async () => {
    expect(await inForce()).toEqual([holds.standing]);
    await service.restore('records.held');
    expect(await inForce()).toEqual([holds.released, holds.standing].sort());
    service.clock.advanceDays(31);
    await service.run();
    expect([await read(intakes.released), await read(intakes.standing)]).toEqual([423, 423]);
    expect(await count('SELECT FROM preserved_section WHERE intake_id = $1', intakes.standing)).toBe(9);
    await releaseHold(holds.released);
    await service.run();
    expect([await read(intakes.released), await read(intakes.standing)]).toEqual([410, 423]);
  }, 120_000);

  it('that is older than itself, is in force as ever, and logged as found', async () => {
    await service.restore('records.before');
    expect(await inForce()).toEqual([holds.standing]);
    await service.run();
    expect([await read(intakes.released), await read(intakes.standing)]).toEqual([410, 423]);
    expect(await count(`SELECT FROM section WHERE intake_id = $1`, intakes.standing)).toBe(9);
    expect(await count(`SELECT FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.kind = 'hold.found' AND p.context::jsonb ->> 'hold' = $1`, holds.standing)).toBe(1);
    await releaseHold(holds.standing);
    await service.run();
    expect(await read(intakes.standing)).toBe(410);
    expect(await inForce()).toEqual([]);
  }, 120_000);
});
