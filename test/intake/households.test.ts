import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withoutCredentials } from '../../src/demo/without-credentials.js';
import { answersOf, type Household } from '../support/households.js';
import { runPurge } from '../support/run-purge.js';
import { sharedFile } from '../support/shared-inputs.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

const FILE = 'households/direct-file.json';
const CREDENTIALS = ['taxpayer', 'spouse', 'household'].flatMap((group) => [`${group}.taxpayerId`, `${group}.identityProtectionPin`]);
const GROUPS = ['taxpayer', 'spouse', 'household', 'contact', 'address', 'situation'];

interface Kept {
  readonly id: string;
  readonly answers: Record<string, Record<string, string>>;
}

describe.each([{ credentials: true }, { credentials: false }])('published households through the API, credentials $credentials', ({ credentials }) => {
  const file = sharedFile(FILE);
  if (!file) {
    it(`NOT RUN, there is no ${FILE}`, () => console.warn(`not run: there is no ${FILE}`));
    return;
  }
  const households = JSON.parse(readFileSync(file, 'utf8')) as Household[];
  const kept: Kept[] = [];
  let service: TestService;
  let api: ApiClient;
  beforeAll(async () => {
    service = await startTestService({ now: '2027-02-01', credentials });
    api = service.api('preparer');
  });
  afterAll(() => service.stop());

  it('are refused by name while they hold what is never stored', async () => {
    for (const { scenario: _1, filingStatus: _2, maritalStatus: _3, ...answers } of households) {
      const { status, body } = await api.post('/api/intakes', { taxYear: 2026, answers });
      const people = ['taxpayer', ...(answers.spouse ? ['spouse'] : []), ...(answers.household ?? []).map((_, i) => `household.${i}`)];
      expect([status, body.code, new Set(body.fields)]).toEqual([422, 'NEVER_STORED', new Set(people.map((person) => `${person}.usCitizen`))]);
    }
  });

  it('are refused by name while they hold what the site does not collect', async () => {
    if (credentials) return;
    const { status, body } = await api.post('/api/intakes', { taxYear: 2026, answers: answersOf(households[4]!) });
    expect([status, body.code]).toEqual([422, 'NOT_COLLECTED']);
    expect(body.fields).toEqual(expect.arrayContaining(['taxpayer.taxpayerId', 'household.1.taxpayerId', 'bank.accountNumber']));
  });

  it('go in and come out equal', async () => {
    for (const household of households) {
      const answers = (credentials ? answersOf(household) : withoutCredentials(answersOf(household))) as Kept['answers'];
      const created = await api.post('/api/intakes', { taxYear: 2026, answers });
      expect([household.scenario, created.status, created.body.fields]).toEqual([household.scenario, 201, undefined]);
      const fields = credentials ? [...GROUPS, ...CREDENTIALS, 'bank'] : GROUPS;
      const read = await api.get(`/api/intakes/${created.body.id}?fields=${fields.join(',')}`);
      expect([household.scenario, read.body.answers]).toEqual([household.scenario, answers]);
      kept.push({ id: created.body.id, answers });
    }
  });

  it('are found again', async () => {
    const find = async (body: object): Promise<string[]> => (await api.post('/api/intakes/search', body)).body.matches.map((one: Kept) => one.id);
    for (const { id, answers } of kept) {
      const { taxpayer, contact } = answers;
      expect(await find({ phone: contact!['phone'] })).toContain(id);
      expect(await find({ lastName: taxpayer!['lastName'], dateOfBirth: taxpayer!['dateOfBirth'] })).toContain(id);
      if (credentials) expect(await find({ taxpayerId: taxpayer!['taxpayerId'] })).toContain(id);
    }
  });

  it('go through the stages to done, and are gone when the clock passes their days', async () => {
    for (const { id } of kept) {
      for (const stage of ['prepared', 'filed', 'accepted', 'done']) expect((await api.post(`/api/intakes/${id}/stage`, { stage })).status).toBe(200);
    }
    service.clock.advanceDays(30);
    api = await service.signInAgain('preparer');
    for (const { id } of kept) expect((await api.get(`/api/intakes/${id}`)).status).toBe(410); // before the run already
    expect((await runPurge(await service.signInAgain('administrator'))).state).toBe('finished');
    for (const { id } of kept) {
      const { status, body } = await api.get(`/api/intakes/${id}`);
      expect([status, body.code, Object.values(body.destroyed)]).toEqual([410, 'DESTROYED', ['2027-03-03']]);
    }
    const { recordsOwner, keysOwner } = service.databases;
    for (const table of ['intake', 'section']) expect(await recordsOwner(`SELECT FROM ${table}`)).toEqual([]);
    for (const table of ['life_share', 'lookup', 'bucket']) expect(await keysOwner(`SELECT FROM ${table}`)).toEqual([]);
    expect((await recordsOwner('SELECT FROM tombstone')).length).toBe(kept.length);
  });
});
