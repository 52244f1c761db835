import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import supertest from 'supertest';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

let service: TestService;
let api: ApiClient;
let one: string;
beforeAll(async () => {
  service = await startTestService({ now: '2027-02-01' });
  api = service.api('preparer');
  const { body } = await api.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Ana', jobTitle: 'Baker' } } });
  one = `/api/intakes/${body.id}`;
});
afterAll(() => service.stop());

describe('a query that a read does not know', () => {
  it.each([
    ['?fields[]=taxpayer', 'fields'],
    ['?fields[a]=taxpayer', 'fields'],
    ['?field=taxpayer', 'field'],
    ['?purpose=review&purpose=print', 'purpose'],
    ['?900-00-1234=x', '?'],
  ])('is refused by name and reads nothing: %s', async (query, field) => {
    const { status, body } = await api.get(`${one}${query}`);
    expect([status, body.code, body.fields, body.answers]).toEqual([422, 'INVALID_INPUT', [field], undefined]);
  });

  it.each([['?cursor[a]=1', 'cursor'], ['?cursor=1&cursor=2', 'cursor'], ['?stage=open', 'stage']])('is refused by the list: %s', async (query, field) => {
    const { status, body } = await api.get(`/api/intakes${query}`);
    expect([status, body.code, body.fields]).toEqual([422, 'INVALID_INPUT', [field]]);
  });

  it('does not stand in the way of one that it knows', async () => {
    const { body } = await api.get(`${one}?fields=taxpayer.firstName&fields=taxpayer.jobTitle&purpose=review`);
    expect(body.answers).toEqual({ taxpayer: { firstName: 'Ana', jobTitle: 'Baker' } });
  });
});

describe('a name that every object has', () => {
  const scope = { taxYear: 1999 };
  it.each([
    ...['toString', 'constructor', 'hasOwnProperty', 'valueOf', 'isPrototypeOf', 'toLocaleString', 'propertyIsEnumerable', 'prototype'].map((name) => [name, name] as const),
    ...['__defineGetter__', '__lookupGetter__'].map((name) => [name, '?'] as const),
  ])('is refused like any that is unknown: %s', async (name, field) => {
    for (const [role, path, body] of [
      ['preparer', '/api/intakes', { taxYear: 2026 }],
      ['administrator', '/api/holds', { matter: '2027-CV-0142', scope }],
      ['administrator', '/api/retention/preview', {}],
      ['administrator', '/api/invitations', { name: 'Nia', email: 'nia@example.org', role: 'auditor' }],
      [undefined, '/api/sign-in', { email: 'preparer@example.org', password: 'whatever it is' }],
    ] as const) {
      const refused = await service.api(role).post(path, { ...body, [name]: 1 });
      expect([path, refused.status, refused.body.code, refused.body.fields]).toEqual([path, 422, 'INVALID_INPUT', [field]]);
    }
    const patched = [await api.patch(one, { version: 1, answers: {}, [name]: 1 }), await service.api('administrator').patch('/api/site', { [name]: 1 })];
    expect(patched.map(({ status, body }) => [status, body.fields])).toEqual([[422, [field]], [422, [field]]]);
    const nested = await service.api('administrator').post('/api/holds', { matter: '2027-CV-0142', scope: { ...scope, [name]: null } });
    expect([nested.status, nested.body.fields]).toEqual([422, [`scope.${field}`]]);
  });

  it.each([['toString', 'toString'], ['constructor', 'constructor'], ['prototype', 'prototype'], ['__proto__', '?'], ['%5F%5Fproto__', '?']])('is refused in a query: %s', async (name, field) => {
    for (const [role, path] of [['preparer', one], ['preparer', '/api/intakes'], ['auditor', '/api/audit/events']] as const) {
      const { status, body } = await service.api(role).get(`${path}?${name}=1`);
      expect([path, status, body.code, body.fields]).toEqual([path, 422, 'INVALID_INPUT', [field]]);
    }
  });
});

describe('a null', () => {
  const invitation = { name: 'Nia', email: 'nia@example.org', role: 'auditor' };
  const runs = async () => (await service.databases.recordsOwner('SELECT FROM purge_run')).length;
  it.each([
    ['preparer', '/api/intakes', { taxYear: 2026, answers: null }, 'answers'],
    ['administrator', '/api/invitations', { ...invitation, organisationWide: null }, 'organisationWide'],
    ['administrator', '/api/invitations', { ...invitation, reason: null }, 'reason'],
    ['administrator', '/api/retention/runs', { confirmToday: null }, 'confirmToday'],
    [undefined, '/api/sign-in', { email: 'preparer@example.org', password: 'whatever it is', code: null }, 'code'],
  ] as const)('says nothing, and is refused where something may be said: %s %s', async (role, path, body, field) => {
    const before = await runs();
    const refused = await service.api(role).post(path, body);
    expect([refused.status, refused.body.code, refused.body.fields]).toEqual([422, 'INVALID_INPUT', [field]]);
    expect(await runs()).toBe(before);
    expect(await service.databases.recordsOwner(`SELECT FROM invitation WHERE email = 'nia@example.org'`)).toEqual([]);
  });
});

describe('a merge patch by its own content type', () => {
  const send = (body: string, type = 'application/merge-patch+json') =>
    supertest(service.url).patch(one).set('Authorization', `Bearer ${service.members[0]!.token}`).set('Content-Type', type).send(body);

  it('changes answers', async () => {
    const { status, body } = await send(JSON.stringify({ version: 1, answers: { taxpayer: { jobTitle: null } } }), 'application/merge-patch+json; charset=utf-8');
    expect([status, body.version]).toEqual([200, 2]);
    expect((await api.get(`${one}?fields=taxpayer`)).body.answers).toEqual({ taxpayer: { firstName: 'Ana' } });
  });

  it('is held to the rules of all JSON', async () => {
    const refused: readonly (readonly [string, number])[] = [
      ['{', 400],
      ['', 422],
      ['{"version":2,"answers":{"__proto__":{"taxpayer":{}}}}', 400],
      ['{"version":2,"answers":{"constructor":{"prototype":{}}}}', 400],
      [`{"version":2,"answers":${'['.repeat(40)}${']'.repeat(40)}}`, 400],
      [`{"version":2,"answers":{"taxpayer":{"firstName":"${'x'.repeat(300 * 1024)}"}}}`, 413],
    ];
    for (const [body, status] of refused) expect([body.slice(0, 50), (await send(body)).status]).toEqual([body.slice(0, 50), status]);
    expect((await send('{}', 'application/json-patch+json')).status).toBe(415);
    expect((await api.get(one)).body.version).toBe(2);
  });
});

describe('a request that says JSON and sends nothing', () => {
  const send = (path: string, role: 'preparer' | 'administrator') =>
    fetch(`${service.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${service.members.find((member) => member.role === role)!.token}` },
    });

  it('is taken where nothing is asked, and refused by name where something is', async () => {
    expect((await send('/api/retention/runs', 'administrator')).status).toBe(202);
    const refused = await send('/api/intakes', 'preparer');
    expect([refused.status, await refused.json()]).toEqual([422, expect.objectContaining({ fields: ['taxYear'] })]);
  });
});
