import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

let service: TestService;
let api: ApiClient;
beforeAll(async () => {
  service = await startTestService({ now: '2027-02-01' });
  api = service.api('preparer');
});
afterAll(() => service.stop());

const taxpayer = { firstName: 'Ñ', lastName: "d'Übel-von Quimby", dateOfBirth: '1980-02-29', taxpayerId: '900-00-1234' };

async function newIntake(answers: object = { taxpayer }): Promise<string> {
  const { status, body } = await api.post('/api/intakes', { taxYear: 2026, answers });
  expect([status, body.fields, body.version]).toEqual([201, undefined, 1]);
  return body.id;
}

describe('creating and reading', () => {
  it('takes an intake without answers', async () => {
    const { status, body } = await api.post('/api/intakes', { taxYear: 2026 });
    expect(status).toBe(201);
    const read = await api.get(`/api/intakes/${body.id}`);
    expect([read.status, read.body.answers, read.body.stage]).toEqual([200, {}, 'open']);
  });

  it('gives credentials only when they are named', async () => {
    const id = await newIntake();
    const without = await api.get(`/api/intakes/${id}?fields=taxpayer`);
    expect(without.body.answers.taxpayer).toEqual({ firstName: taxpayer.firstName, lastName: taxpayer.lastName, dateOfBirth: taxpayer.dateOfBirth });
    const named = await api.get(`/api/intakes/${id}?fields=taxpayer.taxpayerId`);
    expect(named.body.answers).toEqual({ taxpayer: { taxpayerId: '900-00-1234' } });
  });

  it('takes five past tax years and refuses others', async () => {
    for (const taxYear of [2026, 2021]) expect((await api.post('/api/intakes', { taxYear })).status).toBe(201);
    for (const taxYear of [2028, 2020, '2026', 2026.5, undefined]) {
      const { status, body } = await api.post('/api/intakes', { taxYear });
      expect([status, body.fields]).toEqual([422, ['taxYear']]);
    }
  });

  it('refuses by name and never by value, in order of gravity, and stores nothing', async () => {
    const before = await service.databases.recordsOwner('SELECT count(*)::int AS n FROM intake');
    const both = { taxpayer: { usCitizen: true, firstName: 'x'.repeat(129) }, filingStatus: 'single' };
    const never = await api.post('/api/intakes', { taxYear: 2026, answers: both });
    expect([never.status, never.body.code, never.body.fields]).toEqual([422, 'NEVER_STORED', ['taxpayer.usCitizen']]);
    const answers = { household: [{ firstName: 'A' }, { dateOfBirth: '2015-02-30' }], notes: { text: 'x' } };
    const off = await api.post('/api/intakes', { taxYear: 2026, answers });
    expect([off.status, off.body.code, off.body.fields]).toEqual([422, 'NOT_COLLECTED', ['notes.text']]);
    const invalid = await api.post('/api/intakes', { taxYear: 2026, answers: { household: answers.household, bank: { routingNumber: '123456789' } } });
    expect([invalid.status, invalid.body.code]).toEqual([422, 'INVALID_ANSWERS']);
    expect(new Set(invalid.body.fields)).toEqual(new Set(['household.1.dateOfBirth', 'bank.routingNumber']));
    expect(JSON.stringify([never.body, off.body, invalid.body])).not.toMatch(/xxxx|2015-02|123456789/);
    expect(await service.databases.recordsOwner('SELECT count(*)::int AS n FROM intake')).toEqual(before);
  });

  it('refuses names that every object has, like any other unknown one', async () => {
    const answers = { toString: 1, constructor: { x: {} }, prototype: {}, taxpayer: { hasOwnProperty: 1, constructor: 'x' } };
    const { status, body } = await api.post('/api/intakes', { taxYear: 2026, answers });
    expect([status, body.code]).toEqual([422, 'INVALID_ANSWERS']);
    expect(new Set(body.fields)).toEqual(new Set(['toString', 'constructor', 'prototype', 'taxpayer.hasOwnProperty', 'taxpayer.constructor']));
  });

  it('changes nothing when the answers are not there', async () => {
    const id = await newIntake();
    for (const change of [{ version: 1 }, { version: 1, answers: null }]) {
      const { status, body } = await api.patch(`/api/intakes/${id}`, change);
      expect([status, body.code, body.fields]).toEqual([422, 'INVALID_INPUT', ['answers']]);
    }
    const { status, body } = await api.post(`/api/intakes/${id}/stage`, { stage: 'prepared', version: null });
    expect([status, body.fields]).toEqual([422, ['version']]);
    expect((await api.get(`/api/intakes/${id}`)).body.version).toBe(1);
  });

  it('refuses unknown fields and purposes', async () => {
    const id = await newIntake();
    expect((await api.get(`/api/intakes/${id}?fields=taxpayer.shoeSize`)).status).toBe(422);
    expect((await api.get(`/api/intakes/${id}?fields=taxpayer.usCitizen`)).body.code).toBe('NEVER_STORED');
    expect((await api.get(`/api/intakes/${id}?purpose=curiosity`)).status).toBe(422);
  });

  it('knows no intake that is not there, nor what is no id', async () => {
    for (const id of ['00000000-0000-4000-8000-000000000001', 'search', "1' OR '1'='1"]) {
      expect((await api.get(`/api/intakes/${encodeURIComponent(id)}`)).status).toBe(404);
      expect((await api.patch(`/api/intakes/${encodeURIComponent(id)}`, { version: 1, answers: {} })).status).toBe(404);
    }
  });
});

describe('changing', () => {
  it('merges, clears with null, and replaces the household whole while people keep their numbers', async () => {
    const id = await newIntake({ taxpayer, household: [{ firstName: 'Ana', dateOfBirth: '2015-01-01', taxpayerId: '400-00-0001' }, { firstName: 'Bo' }] });
    const change = { taxpayer: { jobTitle: 'Baker', lastName: null }, household: [{ firstName: 'Bo' }, { firstName: 'Ana', dateOfBirth: '2015-01-01' }] };
    expect((await api.patch(`/api/intakes/${id}`, { version: 1, answers: change })).body.version).toBe(2);
    const { body } = await api.get(`/api/intakes/${id}?fields=taxpayer,household,household.taxpayerId`);
    expect(body.answers).toEqual({
      taxpayer: { firstName: 'Ñ', dateOfBirth: '1980-02-29', jobTitle: 'Baker' },
      household: [{ firstName: 'Bo' }, { firstName: 'Ana', dateOfBirth: '2015-01-01', taxpayerId: '400-00-0001' }],
    });
  });

  it('refuses a stale version and loses nothing', async () => {
    const id = await newIntake();
    expect((await api.patch(`/api/intakes/${id}`, { version: 1, answers: { taxpayer: { jobTitle: 'First' } } })).status).toBe(200);
    const stale = await api.patch(`/api/intakes/${id}`, { version: 1, answers: { taxpayer: { jobTitle: 'Second' } } });
    expect([stale.status, stale.body.code]).toEqual([409, 'VERSION_CONFLICT']);
    expect((await api.get(`/api/intakes/${id}?fields=taxpayer.jobTitle`)).body.answers.taxpayer.jobTitle).toBe('First');
  });

  it('lets exactly one of many who save at once through', async () => {
    const id = await newIntake();
    const saves = await Promise.all(
      Array.from({ length: 8 }, (_, i) => api.patch(`/api/intakes/${id}`, { version: 1, answers: { taxpayer: { jobTitle: `Job ${i}` } } })),
    );
    expect(saves.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
    const winner = saves.findIndex(({ status }) => status === 200);
    expect((await api.get(`/api/intakes/${id}?fields=taxpayer.jobTitle`)).body.answers.taxpayer.jobTitle).toBe(`Job ${winner}`);
  });

  it('can be read while it is being saved', async () => {
    const id = await newIntake();
    let version = 1;
    const reads: Promise<number>[] = [];
    for (let i = 0; i < 10; i++) {
      reads.push(...Array.from({ length: 3 }, () => api.get(`/api/intakes/${id}`).then(({ status }) => status)));
      version = (await api.patch(`/api/intakes/${id}`, { version, answers: { taxpayer: { jobTitle: `${i}` } } })).body.version;
    }
    expect(new Set(await Promise.all(reads))).toEqual(new Set([200]));
  });
});

describe('finding', () => {
  it('finds by number, telephone, and name with birth date, however typed, and forgets the old when it changes', async () => {
    const id = await newIntake({ taxpayer: { ...taxpayer, taxpayerId: '400-00-7777' }, contact: { phone: '(202) 555-0177' } });
    const find = async (body: object): Promise<string[]> => (await api.post('/api/intakes/search', body)).body.matches.map((m: { id: string }) => m.id);
    expect(await find({ taxpayerId: '400007777' })).toEqual([id]);
    expect(await find({ phone: '+1 202.555.0177' })).toEqual([id]);
    expect(await find({ lastName: "D'UBEL VON QUIMBY", dateOfBirth: '1980-02-29' })).toContain(id);
    expect(await find({ phone: '2025550178' })).toEqual([]);
    await api.patch(`/api/intakes/${id}`, { version: 1, answers: { contact: { phone: '2025550178' } } });
    expect(await find({ phone: '2025550177' })).toEqual([]);
    expect(await find({ phone: '2025550178' })).toEqual([id]);
    expect((await api.post('/api/intakes/search', { shoeSize: 9 })).status).toBe(422);
  });

  it('lists the newest first with names for preparers, without them for administrators, and not for auditors', async () => {
    const id = await newIntake({ taxpayer: { firstName: 'Zed', lastName: 'Last' } });
    const mine = await api.get('/api/intakes');
    expect(mine.body.intakes[0]).toMatchObject({ id, displayName: 'Zed Last', stage: 'open', due: { contact: '2027-03-03', credentials: '2027-02-04' } });
    const theirs = await service.api('administrator').get('/api/intakes');
    expect(theirs.body.intakes[0]).toMatchObject({ id, stage: 'open' });
    expect(JSON.stringify(theirs.body)).not.toContain('displayName');
    expect((await service.api('auditor').get('/api/intakes')).status).toBe(403);
  });

  it('pages through the list fifty at a time, each intake once', async () => {
    for (let i = 0; i < 55; i++) await newIntake({});
    const seen: string[] = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const page: { body: { intakes: { id: string }[]; next?: string } } = await api.get(`/api/intakes${next ? `?cursor=${next}` : ''}`);
      expect(page.body.intakes.length).toBeLessThanOrEqual(50);
      seen.push(...page.body.intakes.map(({ id }) => id));
      next = page.body.next;
    }
    const [{ n }] = (await service.databases.recordsOwner<{ n: number }>('SELECT count(*)::int AS n FROM intake')) as [{ n: number }];
    expect([seen.length, new Set(seen).size]).toEqual([n, n]);
    const { body: first } = await api.get('/api/intakes');
    const [byCursor, byNext] = await Promise.all(['cursor', 'next'].map((name) => api.get(`/api/intakes?${name}=${first.next}`)));
    expect(byNext!.body).toEqual(byCursor!.body);
    expect((await api.get('/api/intakes?cursor=x')).status).toBe(422);
  });
});

describe('stages', () => {
  it('go their way, and no other', async () => {
    const id = await newIntake();
    const to = (stage: string, version?: number) => api.post(`/api/intakes/${id}/stage`, { stage, ...(version ? { version } : {}) });
    expect((await to('filed')).body.code).toBe('STAGE_NOT_ALLOWED');
    const prepared = await to('prepared', 1);
    expect([prepared.status, prepared.body.stage, prepared.body.version]).toEqual([200, 'prepared', 2]);
    expect((await to('prepared')).status).toBe(200);
    expect((await to('filed', 1)).body.code).toBe('VERSION_CONFLICT');
    for (const stage of ['filed', 'rejected', 'filed', 'accepted', 'done']) expect((await to(stage)).status).toBe(200);
    expect((await to('open')).status).toBe(409);
    expect((await to('sideways')).status).toBe(422);
  });
});

describe('who may', () => {
  it('refuses the wrong role and whoever is signed out', async () => {
    const id = await newIntake();
    for (const role of ['administrator', 'auditor'] as const) {
      const other = service.api(role);
      expect((await other.get(`/api/intakes/${id}`)).status).toBe(403);
      expect((await other.post('/api/intakes', { taxYear: 2026 })).status).toBe(403);
      expect((await other.patch(`/api/intakes/${id}`, { version: 1, answers: {} })).status).toBe(403);
      expect((await other.post('/api/intakes/search', { phone: '2025550100' })).status).toBe(403);
      expect((await other.post(`/api/intakes/${id}/stage`, { stage: 'prepared' })).status).toBe(403);
    }
    expect((await service.api().get(`/api/intakes/${id}`)).status).toBe(401);
  });

  it('answers garbage with a status and a code', async () => {
    const token = service.members[0]!.token;
    const send = (body: string, type = 'application/json') =>
      fetch(`${service.url}/api/intakes`, { method: 'POST', body, headers: { authorization: `Bearer ${token}`, 'content-type': type } });
    expect((await send('{"taxYear":')).status).toBe(400);
    expect((await send('[]')).status).toBe(422);
    expect((await send('{"taxYear":2026,"__proto__":{"a":1}}')).status).toBe(400);
    expect((await send('x', 'text/plain')).status).toBe(415);
    expect((await send(`{"taxYear":2026,"answers":"${'x'.repeat(300_000)}"}`)).status).toBe(413);
    expect((await send(`{"taxYear":2026,"answers":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)).status).toBe(400);
  });
});
