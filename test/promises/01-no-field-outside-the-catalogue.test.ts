import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ANSWER_GROUPS } from '../../src/catalogue/answers.js';
import { buildCatalogue } from '../../src/catalogue/build-catalogue.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { isNeverStored } from '../../src/catalogue/never-stored.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

let service: TestService;
let api: ApiClient;
beforeAll(async () => {
  service = await startTestService();
  api = service.api('preparer');
});
afterAll(() => service.stop());

const GROUPS = Object.keys(ANSWER_GROUPS);

describe('no field outside the catalogue can be asked, stored or shown', () => {
  it('a question without a declaration keeps the service from starting', () => {
    class Undeclared {
      favouriteColour?: string;
    }
    expect(() => buildCatalogue({ version: 1, formYear: 2025, groups: { contact: Undeclared } })).toThrow(/favouriteColour/);
  });

  it('an answer to anything else is refused by name, and nothing is stored', async () => {
    const name = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABC0_'.split('')) });
    // A body that reaches for the prototype is refused whole, before anything in it has a name.
    const named = name.filter((field) => field !== '__proto__');
    const unknown = fc.tuple(fc.constantFrom(...GROUPS), named).filter(([group, field]) => !catalogue.byPath(`${group}.${field}`));
    await fc.assert(
      fc.asyncProperty(unknown, async ([group, field]) => {
        const answers = { [group]: group === 'household' ? [{ [field]: 'x' }] : { [field]: 'x' } };
        const { status, body } = await api.post('/api/intakes', { taxYear: 2026, answers });
        expect([status, body.fields.length]).toEqual([422, 1]);
      }),
      { numRuns: 25 },
    );
    expect((await api.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { ['__proto__']: 'x' } } })).status).toBe(400);
    for (const answers of [{ filingStatus: 'single' }, { taxpayer: 'x' }, { taxpayer: [{}] }, { household: {} }, { '': {} }, 'x', [1]]) {
      expect((await api.post('/api/intakes', { taxYear: 2026, answers })).status).toBe(422);
    }
    expect(await service.databases.recordsOwner('SELECT FROM intake')).toEqual([]);
  });

  it('what a form must not keep is refused as never stored, wherever it is put', async () => {
    for (const path of ['taxpayer.usCitizen', 'spouse.usCitizen', 'household.usCitizen']) {
      expect(isNeverStored(path)).toBe(true);
      const [group, field] = path.split('.') as [string, string];
      const answers = { [group]: group === 'household' ? [{ [field]: true }] : { [field]: true } };
      const { status, body } = await api.post('/api/intakes', { taxYear: 2026, answers });
      expect([status, body.code]).toEqual([422, 'NEVER_STORED']);
      expect((await api.get(`/api/intakes/00000000-0000-4000-8000-000000000000?fields=${path}`)).body.code).toBe('NEVER_STORED');
    }
  });

  it('the description of the API offers the fields of the catalogue and no others', async () => {
    const { body } = await api.get('/openapi.json');
    const schemas = body.components.schemas as Record<string, { properties?: Record<string, unknown> }>;
    for (const [group, dto] of Object.entries(ANSWER_GROUPS)) {
      const declared = catalogue.fields.filter((field) => field.group === group).map((field) => field.name);
      expect([group, Object.keys(schemas[dto.name]!.properties!).sort()]).toEqual([group, declared.sort()]);
    }
    expect(Object.keys(schemas['Answers']!.properties!).sort()).toEqual([...GROUPS].sort());
  });

  it('nothing of an intake is stored outside its sealed sections but what the threat model names', async () => {
    const columns = await service.databases.recordsOwner<{ column_name: string }>(
      `SELECT column_name FROM information_schema.columns WHERE table_name = 'intake' ORDER BY 1`,
    );
    expect(columns.map((row) => row.column_name)).toEqual([
      ...['accepted_day', 'arrival', 'consents_given', 'consents_named', 'created_day', 'destroyed', 'done_day', 'erased_day', 'filing_year', 'id'],
      ...['listed_day', 'prepared_day', 'site_id', 'stage', 'tax_year', 'touched_day', 'vault_number', 'version', 'wrapped_key'],
    ]);
  });
});
