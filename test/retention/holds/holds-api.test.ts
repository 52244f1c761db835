import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { makePeople, signIn, type People, type Person } from '../../access/matrix/people.js';
import { apiClient, startTestService, type ApiClient, type TestService } from '../../support/test-service.js';

const MATTER = '2027-CV-0142';
const REASON = 'Counsel wrote that the matter is over.';

let service: TestService;
let people: People;
beforeAll(async () => {
  service = await startTestService();
  people = await makePeople(service);
});
afterAll(() => service.stop());

const as = async (person: Person): Promise<ApiClient> => apiClient(service.url, await signIn(service.app, person));
const place = async (person: Person, scope: object, matter: string = MATTER) => (await as(person)).post('/api/holds', { matter, scope });
const held = () => service.databases.keysOwner<{ id: string }>('SELECT id FROM hold WHERE NOT sentinel ORDER BY id');
const created = async () => (await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Robin' } } }).expect(201)).body.id as string;

describe('a hold that is asked for wrongly', () => {
  const intakes = (count: number) => Array.from({ length: count }, () => randomUUID());
  const refused: readonly (readonly [string, object, string])[] = [
    ['names nothing', {}, 'scope'],
    ['says that it is not of all', { all: false }, 'scope'],
    ['is of all and of something', { all: true, taxYear: 2026 }, 'scope'],
    ['names no site', { site: 'Test Site' }, 'scope.site'],
    ['names a site that is none', { site: randomUUID() }, 'scope.site'],
    ['names no intakes', { intakes: [] }, 'scope.intakes'],
    ['names intakes by a name', { intakes: ['Robin'] }, 'scope.intakes'],
    ['names the null of intakes', { intakes: [''] }, 'scope.intakes'],
    ['names no classes', { classes: [] }, 'scope.classes'],
    ['names a class that is none', { classes: ['identity', 'passwords'] }, 'scope.classes'],
    ['names no tax year', { taxYear: 26 }, 'scope.taxYear'],
    ['names a day that is none', { createdFrom: '2027-02-30' }, 'scope.createdFrom'],
    ['names a day otherwise written', { createdTo: '02/01/2027' }, 'scope.createdTo'],
    ['ends before it begins', { createdFrom: '2027-02-02', createdTo: '2027-02-01' }, 'scope.createdTo'],
  ];

  it.each(refused)('because it %s, is refused by name, and nothing is in force', async (_, scope, field) => {
    const before = await held();
    const { status, body } = await place(people.ofOrganisation.administrator, scope);
    expect([status, body.code, body.fields]).toEqual([422, 'INVALID_INPUT', [field]]);
    expect(await held()).toEqual(before);
  });

  it.each([[{ intakes: intakes(201) }], [{ taxYear: '2026' }], [{ all: 'true' }], [{ everything: true }], [{ from: '2027-02-01' }], [{ site: null }], [[]], ['all']])(
    'in a shape that the API does not know, is refused whole: %j',
    async (scope) => {
      const before = await held();
      expect((await place(people.ofOrganisation.administrator, scope as object)).status).toBe(422);
      expect(await held()).toEqual(before);
    },
  );

  it.each([[''], ['   '], ['x'.repeat(101)], ['her number is 400-00-1234']])('under the reference %j, is refused', async (matter) => {
    const { status, body } = await place(people.ofOrganisation.administrator, { all: true }, matter);
    expect([status, body.fields]).toEqual([422, ['matter']]);
  });

  it('is in force for nobody else’s sake: a site’s own administrator holds that site alone', async () => {
    const { here, elsewhere, of, ofElsewhere } = people;
    expect((await place(of.administrator, { site: elsewhere })).body.code).toBe('FORBIDDEN');
    expect((await place(of.administrator, { all: true })).body.scope).toEqual({ site: here });
    expect((await place(ofElsewhere.administrator, { taxYear: 2026 })).body.scope).toEqual({ site: elsewhere, taxYear: 2026 });
    // Another site's intake keeps nothing, and tells nothing.
    const named = await place(ofElsewhere.administrator, { intakes: [await created()] });
    expect([named.body.covers, named.body.tooLate]).toEqual([{}, { runs: [], intakes: [] }]);
    for (const person of [of.preparer, of.auditor]) expect((await place(person, { all: true })).status).toBe(403);
  });
});

describe('the list of holds', () => {
  const listed = async (person: Person, id: string) => (await (await as(person)).get('/api/holds')).body.holds.find((hold: { id: string }) => hold.id === id);

  it('says the same thing back, once each and in order', async () => {
    const [one, other] = [await created(), await created()].sort() as [string, string];
    const scope = { intakes: [other, one, other], classes: ['identity', 'contact', 'identity'], taxYear: 2026, createdFrom: '2027-01-01', createdTo: '2027-12-31' };
    const { body } = await place(people.ofOrganisation.administrator, scope);
    const said = { ...scope, intakes: [one, other], classes: ['contact', 'identity'] };
    expect(body).toMatchObject({ scope: said, covers: { contact: 2, identity: 2 } });
    expect(await listed(people.ofOrganisation.administrator, body.id as string)).toMatchObject({ scope: said, covers: { contact: 2, identity: 2 }, releasedAt: null });
    const { body: all } = await place(people.ofOrganisation.administrator, { all: true });
    expect([all.scope, (await listed(people.ofOrganisation.administrator, all.id as string)).scope]).toEqual([{ all: true }, { all: true }]);
  });

  it('shows a site’s members what concerns it: the matter to administrators alone, another site’s hold to nobody', async () => {
    const { here, of, ofElsewhere, ofOrganisation } = people;
    const { body: own } = await place(of.administrator, { site: here, taxYear: 2025 });
    const { body: everywhere } = await place(ofOrganisation.administrator, { taxYear: 2025 }, 'A matter of all');
    expect(await listed(of.administrator, own.id as string)).toMatchObject({ matter: MATTER, mayRelease: true });
    expect(await listed(of.administrator, everywhere.id as string)).toMatchObject({ matter: 'A matter of all', mayRelease: false });
    for (const id of [own.id, everywhere.id] as string[]) {
      const seen = await listed(of.auditor, id);
      expect([seen.id, 'matter' in seen, seen.mayRelease]).toEqual([id, false, false]);
    }
    for (const person of [ofElsewhere.administrator, ofElsewhere.auditor]) {
      expect([await listed(person, own.id as string), (await listed(person, everywhere.id as string))?.id]).toEqual([undefined, everywhere.id]);
    }
    expect((await (await as(of.preparer)).get('/api/holds')).status).toBe(403);
    const inLog = await service.databases.recordsOwner(`SELECT FROM log_part p WHERE p::text LIKE '%A matter of all%'`);
    expect(inLog).toEqual([]);
  });

  it('shows the organisation’s hold of named intakes to the sites that these are of, each with its own, and to no other', async () => {
    const { of, ofElsewhere, ofOrganisation } = people;
    const [here, there] = [await created(), (await (await as(ofElsewhere.preparer)).post('/api/intakes', { taxYear: 2026, answers: {} }).expect(201)).body.id as string];
    const one = (await place(ofOrganisation.administrator, { intakes: [here] }, 'A matter of here')).body.id as string;
    const both = (await place(ofOrganisation.administrator, { intakes: [here, there] }, 'A matter of both')).body.id as string;
    for (const person of [ofElsewhere.administrator, ofElsewhere.auditor]) {
      expect(await listed(person, one)).toBeUndefined();
      expect(await listed(person, both)).toMatchObject({ scope: { intakes: [there] }, covers: { identity: 1 } });
    }
    expect((await (await as(ofElsewhere.administrator)).post(`/api/holds/${one}/release`, { reason: REASON })).status).toBe(404);
    expect(await listed(of.administrator, one)).toMatchObject({ scope: { intakes: [here] }, covers: { identity: 1 }, matter: 'A matter of here' });
    expect(await listed(ofOrganisation.administrator, both)).toMatchObject({ covers: { identity: 2 } });
    const { approvalId } = (await (await as(ofOrganisation.administrator)).post(`/api/holds/${one}/release`, { reason: REASON })).body;
    expect((await (await as(ofElsewhere.administrator)).get(`/api/approvals/${approvalId}`)).body.about).toEqual({ hold: one });
  });

  it('ends none without a second person, and none of another’s', async () => {
    const { here, of, ofElsewhere, ofOrganisation } = people;
    const { body: own } = await place(of.administrator, { site: here, taxYear: 2024 });
    const { body: everywhere } = await place(ofOrganisation.administrator, { taxYear: 2024 });
    const ask = async (person: Person, id: string, reason = REASON) => (await as(person)).post(`/api/holds/${id}/release`, { reason });
    expect([(await ask(ofElsewhere.administrator, own.id as string)).status, (await ask(of.auditor, own.id as string)).status]).toEqual([404, 403]);
    expect((await ask(of.administrator, everywhere.id as string)).body.code).toBe('FORBIDDEN');
    expect((await ask(of.administrator, randomUUID())).status).toBe(404);
    expect((await ask(of.administrator, own.id as string, 'over')).body.fields).toEqual(['reason']);
    const { approvalId } = (await ask(of.administrator, own.id as string)).body;
    expect((await ask(ofOrganisation.administrator, own.id as string)).body).toMatchObject({ code: 'ALREADY_DONE', approvalId });
    expect((await (await as(of.administrator)).post(`/api/approvals/${approvalId}/approve`)).body.code).toBe('APPROVER_NOT_INDEPENDENT');
    expect((await (await as(of.auditor)).post(`/api/approvals/${approvalId}/approve`)).status).toBe(403);
    const about = async (person: Person) => (await (await as(person)).get(`/api/approvals/${approvalId}`)).body.about;
    expect([await about(of.administrator), await about(of.auditor)]).toEqual([{ hold: own.id, matter: MATTER }, { hold: own.id }]);
    expect((await listed(of.administrator, own.id as string)).releasedAt).toBeNull();
  });

  it('ends one that a crash kept from the log, too: it is logged as found, then as released', async () => {
    const { here, of, ofOrganisation } = people;
    const id = randomUUID();
    await service.databases.keysOwner('INSERT INTO hold (id, site_id, tax_year, placed_at) VALUES ($1, $2, 2022, now())', [id, here]);
    const { body } = await (await as(of.administrator)).post(`/api/holds/${id}/release`, { reason: REASON }).expect(202);
    await (await as(ofOrganisation.administrator)).post(`/api/approvals/${body.approvalId}/approve`).expect(204);
    expect((await listed(of.administrator, id)).releasedAt).not.toBeNull();
    const entries = await service.databases.recordsOwner<{ kind: string }>(
      `SELECT e.kind FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE p.context::jsonb ->> 'hold' = $1 ORDER BY e.id`,
      [id],
    );
    expect(entries.map(({ kind }) => kind)).toEqual(['hold.found', 'hold.released']);
  });

  it('has one request for two who ask at the same moment', async () => {
    const { here, of, ofOrganisation } = people;
    const [one, other] = [await as(of.administrator), await as(ofOrganisation.administrator)];
    for (let round = 0; round < 5; round++) {
      const { body } = await place(of.administrator, { site: here, taxYear: 2023 });
      const asked = await Promise.all([one, other].map((api) => api.post(`/api/holds/${body.id}/release`, { reason: REASON })));
      expect(asked.map(({ status }) => status).sort()).toEqual([202, 409]);
    }
  });
});
