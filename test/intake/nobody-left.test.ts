import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { apiClient, startTestService, type ApiClient, type TestService } from '../support/test-service.js';

const PASSWORD = 'seven walruses juggle plums';
const PHONE = '2025550100';

let service: TestService;
let administrator: ApiClient;
beforeEach(async () => {
  service = await startTestService();
  administrator = service.api('administrator');
});
afterEach(() => service.stop());

interface Person {
  readonly id: string;
  readonly api: ApiClient;
}

async function join(name: string): Promise<Person> {
  const email = `${name}@example.org`;
  const { body } = await administrator.post('/api/invitations', { name, email, role: 'preparer' });
  const token = new URL(body.link as string, service.url).searchParams.get('token');
  await apiClient(service.url).post('/api/join', { token, password: PASSWORD }).expect(201);
  const { body: session } = await apiClient(service.url).post('/api/sign-in', { email, password: PASSWORD });
  return { id: session.member.id as string, api: apiClient(service.url, session.token as string) };
}

async function disable(name: string): Promise<string> {
  const { email } = service.members.find((member) => member.email.startsWith(`${name}@`))!;
  const [row] = await service.databases.recordsOwner<{ id: string }>('SELECT id FROM member WHERE email = $1', [email]);
  return (await administrator.post(`/api/members/${row!.id}/disable`)).body.leaving as string;
}

const create = (api: ApiClient) => api.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Robin' }, contact: { phone: PHONE } } });
const search = async (api: ApiClient) => (await api.post('/api/intakes/search', { phone: PHONE })).body.matches as unknown;
const vaults = async () => (await service.databases.recordsOwner<{ number: number }>('SELECT number FROM site_vault ORDER BY number')).map(({ number }) => number);

/** There was an intake once: it is gone with all its rows, as after its last day, and the lookup key of its year is still there. */
async function outliveAnIntake(): Promise<void> {
  expect((await create(service.api('preparer'))).status).toBe(201);
  for (const table of ['section', 'intake']) await service.databases.recordsOwner(`DELETE FROM ${table}`);
  for (const table of ['lookup', 'life_share']) await service.databases.keysOwner(`DELETE FROM ${table}`);
  expect(await service.databases.recordsOwner('SELECT vault_number FROM lookup_key')).toEqual([{ vault_number: 1 }]);
}

describe('a site that its last preparer has left', () => {
  it('goes on with another key where there was nothing to lose', async () => {
    await outliveAnIntake();
    expect([await disable('preparer2'), await disable('preparer')]).toEqual(['erased', 'erased']);
    const pat = await join('pat');
    const { body } = await create(pat.api);
    expect(body).toMatchObject({ id: expect.any(String), version: 1 });
    expect(await search(pat.api)).toEqual([{ id: body.id }]);
    expect([await vaults(), await service.databases.recordsOwner('SELECT DISTINCT vault_number FROM lookup_key')]).toEqual([[1, 2], [{ vault_number: 2 }]]);
    const made = await service.databases.recordsOwner(
      `SELECT p.context::jsonb -> 'vault' AS vault FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.kind = 'vault.created' ORDER BY e.id`,
    );
    expect(made).toEqual([{ vault: 1 }, { vault: 2 }]);

    // Who comes next waits for who is there, and gets the same key.
    const quinn = await join('quinn');
    expect((await create(quinn.api)).body.code).toBe('NOT_ADMITTED');
    const { members } = (await pat.api.get('/api/members')).body as { members: { id: string; words?: string[] }[] };
    const words = members.find(({ id }) => id === quinn.id)!.words!.join(' ');
    await pat.api.post(`/api/members/${quinn.id}/admit`, { words }).expect(204);
    expect(await search(quinn.api)).toEqual([{ id: body.id }]);
    expect((await quinn.api.get(`/api/intakes/${body.id}?fields=taxpayer.firstName`)).body.answers).toEqual({ taxpayer: { firstName: 'Robin' } });
    expect(await vaults()).toEqual([1, 2]);
  });

  it('gets one key when two join at the same moment', async () => {
    expect([await disable('preparer2'), await disable('preparer')]).toEqual(['erased', 'erased']);
    const statuses = (await Promise.all(['pat', 'quinn'].map(join))).map(({ api }) => create(api).then(({ status }) => status));
    expect((await Promise.all(statuses)).sort()).toEqual([201, 403]);
    expect(await vaults()).toEqual([1, 2]);
  });

  it('waits for its key where there is an intake that only that opens', async () => {
    expect((await create(service.api('preparer'))).status).toBe(201);
    expect([await disable('preparer2'), await disable('preparer')]).toEqual(['erased', 'blocked']);
    const pat = await join('pat');
    expect((await create(pat.api)).body.code).toBe('NOT_ADMITTED');
    expect(await vaults()).toEqual([1]);
  });

  it('keeps its lookup keys while anybody holds the key, whatever the service asks', async () => {
    await outliveAnIntake();
    const [site] = await service.databases.recordsOwner<{ id: string }>('SELECT id FROM site');
    const forget = () => service.databases.records.inSite(site!.id, (tx) => tx.query('SELECT forget_dead_lookup_keys()'));
    const left = async () => (await service.databases.recordsOwner('SELECT FROM lookup_key')).length;
    await forget();
    expect(await left()).toBe(1);
    await disable('preparer2');
    await disable('preparer');
    await forget();
    expect(await left()).toBe(0);
  });
});
