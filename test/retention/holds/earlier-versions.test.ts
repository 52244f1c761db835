import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { lockHolds } from '../../../src/vault/hold-lock.js';
import { sweepReleased } from '../../../src/retention/sweep-released.js';
import { KeyStore } from '../../../src/vault/key-store.js';
import { apiClient, startTestService, type TestService } from '../../support/test-service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const sweep = () => sweepReleased(service.databases.records, service.app.get(KeyStore));
const preserved = async (id: string) => (await service.databases.recordsOwner('SELECT FROM preserved_section WHERE intake_id = $1', [id])).length;

/** Edited under a hold that two have released since. */
async function releasedIntake(): Promise<string> {
  const preparer = service.api('preparer');
  const { id } = (await preparer.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Robin' } } }).expect(201)).body;
  const hold = await service.api('administrator').post('/api/holds', { matter: '2027-CV-0142', scope: { intakes: [id], classes: ['identity'] } }).expect(201);
  await preparer.patch(`/api/intakes/${id}`, { version: 1, answers: { taxpayer: { firstName: 'Other' } } }).expect(200);
  const asked = await service.api('administrator').post(`/api/holds/${hold.body.id}/release`, { reason: 'Counsel wrote that the matter is over.' }).expect(202);
  await apiClient(service.url, service.members[4]!.token).post(`/api/approvals/${asked.body.approvalId}/approve`).expect(204);
  expect(await preserved(id)).toBe(1);
  return id;
}

describe('an earlier version that no hold keeps any more', () => {
  it('goes with the next sweep', async () => {
    const id = await releasedIntake();
    await sweep();
    expect(await preserved(id)).toBe(0);
  });

  it('stays where a new hold is placed beside the sweep, before it looks', async () => {
    const id = await releasedIntake();
    let sweeping: Promise<void> | undefined;
    await service.databases.records.acrossSites(async (tx) => {
      await lockHolds(tx); // as whoever places one does
      sweeping = sweep();
      await sleep(300);
      await service.databases.keysOwner('INSERT INTO hold (id, intakes, placed_at) VALUES (gen_random_uuid(), ARRAY[$1::uuid], now())', [id]);
    });
    await sweeping;
    expect(await preserved(id)).toBe(1);
  });
});
