import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hasOlderIntakes } from '../../src/vault/restored/older-intakes.js';
import { startTestService, type TestService } from '../support/test-service.js';

const SAVES = 40;

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

describe('an intake that is saved again and again', () => {
  it('is read, listed, found and looked at by a start meanwhile, and never taken for an older one', async () => {
    const api = service.api('preparer');
    const contact = { phone: '2025550101' };
    const { id } = (await api.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Ines', lastName: 'Sample' }, contact } })).body as { id: string };
    let saving = true;
    const saves = (async () => {
      for (let version = 1; version <= SAVES; version++) {
        const { status } = await api.patch(`/api/intakes/${id}`, { version, answers: { contact: { preferredName: `n${version}` } } });
        expect(status).toBe(200);
      }
    })().finally(() => (saving = false));
    const again = async (look: () => Promise<unknown>): Promise<readonly unknown[]> => {
      const seen = new Set<unknown>();
      while (saving) seen.add(await look());
      return [...seen];
    };
    const found = await Promise.all([
      again(async () => (await api.get(`/api/intakes/${id}?fields=taxpayer,contact`)).status),
      again(async () => (await api.get('/api/intakes')).body.intakes[0].displayName),
      again(async () => (await api.post('/api/intakes/search', contact)).body.matches?.length),
      again(() => hasOlderIntakes(service.databases.keys, service.databases.records)),
    ]);
    await saves;
    expect(found).toEqual([[200], ['Ines Sample'], [1], [false]]);
  });
});
