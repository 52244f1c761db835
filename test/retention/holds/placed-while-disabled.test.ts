import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { lockHolds } from '../../../src/vault/hold-lock.js';
import { apiClient, startTestService, type TestService } from '../../support/test-service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

describe('a hold that waits for its turn', () => {
  it('is placed by nobody who was disabled meanwhile', async () => {
    const { email, token } = service.members[4]!; // the second administrator
    const members = (await service.api('administrator').get('/api/members').expect(200)).body.members as readonly { id: string; email: string }[];
    const { id } = (await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Robin' } } }).expect(201)).body as { id: string };
    const owner = new pg.Client({ connectionString: service.databases.urls.records.owner });
    await owner.connect();
    await owner.query('BEGIN');
    await lockHolds({ query: async (sql: string, parameters: unknown[]) => (await owner.query(sql, parameters)).rows } as unknown as Parameters<typeof lockHolds>[0]);
    const placing = apiClient(service.url, token).post('/api/holds', { matter: '2027-CV-0142', scope: { intakes: [id] } }).then(({ status, body }) => [status, body.code]);
    while ((await service.databases.recordsOwner(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)).length === 0) await sleep(10);
    await service.api('administrator').post(`/api/members/${members.find((member) => member.email === email)!.id}/disable`).expect(200);
    await owner.query('COMMIT');
    await owner.end();
    expect(await placing).toEqual([403, 'FORBIDDEN']);
    expect(await service.databases.keysOwner('SELECT FROM hold WHERE $1 = ANY (intakes)', [id])).toEqual([]);
  });
});
