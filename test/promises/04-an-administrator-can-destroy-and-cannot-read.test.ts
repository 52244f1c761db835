import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runPurge } from '../support/run-purge.js';
import { apiClient, startTestService, type ApiClient, type TestService } from '../support/test-service.js';

let service: TestService;
let administrator: ApiClient;
let auditor: ApiClient;
let id: string;
beforeAll(async () => {
  service = await startTestService();
  administrator = service.api('administrator');
  auditor = service.api('auditor');
  id = (await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Noor' } } })).body.id;
});
afterAll(() => service.stop());

const PASSWORD = 'seven grey herons wade upstream';

/** An accomplice who was invited by the administrator and has joined. */
async function accomplice(): Promise<ApiClient> {
  const email = `accomplice-${Date.now()}@example.org`;
  const { body } = await administrator.post('/api/invitations', { name: 'Acco Mplice', email, role: 'preparer' });
  const token = new URL(body.link).searchParams.get('token');
  expect((await service.api().post('/api/join', { token, password: PASSWORD })).status).toBeLessThan(300);
  const signedIn = await service.api().post('/api/sign-in', { email, password: PASSWORD });
  return apiClient(service.url, signedIn.body.token);
}

describe('an administrator can destroy and cannot read; an auditor can check and can neither', () => {
  it('by role', async () => {
    for (const api of [administrator, auditor]) expect((await api.get(`/api/intakes/${id}`)).status).toBe(403);
    expect((await runPurge(administrator)).state).toBe('finished');
    expect((await auditor.post('/api/retention/runs')).status).toBe(403);
  });

  it('nor by writing another role into the member table', async () => {
    const { recordsOwner } = service.databases;
    await recordsOwner(`UPDATE member SET role = 'preparer', site_id = (SELECT id FROM site) WHERE email = 'administrator@example.org'`);
    const refused = await administrator.get(`/api/intakes/${id}`);
    expect([refused.status, refused.body.code]).toEqual([403, 'NOT_ADMITTED']);
    await recordsOwner(`UPDATE member SET role = 'administrator', site_id = NULL WHERE email = 'administrator@example.org'`);
  });

  it('nor by copying a reader’s grant to oneself', async () => {
    const { recordsOwner } = service.databases;
    await recordsOwner(`UPDATE member SET role = 'preparer', site_id = (SELECT id FROM site) WHERE email = 'administrator@example.org'`);
    await recordsOwner(`
      INSERT INTO vault_grant (site_id, member_id, vault_number, half_id, sealed, mac, admitted_by, admitted_day)
      SELECT g.site_id, m.id, g.vault_number, g.half_id, g.sealed, g.mac, g.admitted_by, g.admitted_day
      FROM vault_grant g, member m WHERE m.email = 'administrator@example.org' LIMIT 1`);
    expect((await administrator.get(`/api/intakes/${id}`)).status).toBe(403);
    await recordsOwner(`DELETE FROM vault_grant WHERE member_id = (SELECT id FROM member WHERE email = 'administrator@example.org')`);
    await recordsOwner(`UPDATE member SET role = 'administrator', site_id = NULL WHERE email = 'administrator@example.org'`);
  });
});

describe('nobody alone can add a reader', () => {
  it('not an administrator, whose invited preparer waits and reads nothing', async () => {
    const invited = await accomplice();
    const refused = await invited.get(`/api/intakes/${id}`);
    expect([refused.status, refused.body.code]).toEqual([403, 'NOT_ADMITTED']);
    expect((await invited.get('/api/intakes')).status).toBe(403);
    const waiting = await waitingMember(service.api('preparer'));
    expect((await administrator.post(`/api/members/${waiting.id}/admit`, { words: waiting.words.join(' ') })).status).toBe(403);
    expect((await invited.post(`/api/members/${waiting.id}/admit`, { words: waiting.words.join(' ') })).status).toBe(403);
    const wrong = await service.api('preparer').post(`/api/members/${waiting.id}/admit`, { words: 'zoo zoo zoo zoo zoo zoo' });
    expect([wrong.status, wrong.body.fields]).toEqual([422, ['words']]);
    expect((await invited.get(`/api/intakes/${id}`)).status).toBe(403);
    const admitted = await service.api('preparer').post(`/api/members/${waiting.id}/admit`, { words: waiting.words.join(' ') });
    expect(admitted.status).toBeLessThan(300);
    expect((await invited.get(`/api/intakes/${id}`)).status).toBe(200);
  });

  it('not a preparer, who can invite nobody', async () => {
    const body = { name: 'Some One', email: 'someone@example.org', role: 'preparer' };
    expect((await service.api('preparer').post('/api/invitations', body)).status).toBe(403);
    expect((await auditor.post('/api/invitations', body)).status).toBe(403);
  });

  it('not someone who puts another public key in the place of a waiting member’s', async () => {
    await accomplice();
    const before = await waitingMember(service.api('preparer'));
    await service.databases.recordsOwner('UPDATE member SET public_key = sha256(public_key) WHERE id = $1', [before.id]);
    const refused = await service.api('preparer').post(`/api/members/${before.id}/admit`, { words: before.words.join(' ') });
    expect([refused.status, refused.body.fields]).toEqual([422, ['words']]);
  });
});

async function waitingMember(api: ApiClient): Promise<{ id: string; words: string[] }> {
  const { body } = await api.get('/api/members');
  return (body.members as { id: string; status: string; words: string[] }[]).find(({ status }) => status === 'waiting')!;
}
