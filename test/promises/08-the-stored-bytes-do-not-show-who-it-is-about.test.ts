import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

let service: TestService;
let api: ApiClient;
beforeAll(async () => {
  service = await startTestService();
  api = service.api('preparer');
});
afterAll(() => service.stop());

const single = [
  { taxpayer: { firstName: 'Al', lastName: 'Ott', dateOfBirth: '1990-01-01', jobTitle: 'Cook' } },
  { spouse: null },
  { address: { street: '1 A St', city: 'Rye', state: 'NY', zip: '10580' }, contact: { phone: '2025550101' } },
  { household: [] },
  { situation: { maritalStatus: 'single' } },
  { taxpayer: { taxpayerId: '417-00-0001' } },
];

const relatives = ['daughter', 'son', 'daughter', 'parent', 'niece'].map((relationship, i) => ({
  firstName: `María Guadalupe ${'abcde'[i]}`,
  lastName: 'Hernández-Villanueva de la Cruz',
  dateOfBirth: `20${10 + i}-05-05`,
  relationship,
  monthsLivedInHome: 12,
  married: false,
}));

/** An ITIN family of seven, entered in the order of the form like the other. */
const family = [
  { taxpayer: { firstName: 'María de los Ángeles', lastName: 'Hernández-Villanueva de la Cruz', dateOfBirth: '1979-12-12', jobTitle: 'Housekeeper and cook' } },
  { spouse: { firstName: 'José Wenceslao', lastName: 'Villanueva', dateOfBirth: '1977-07-07', fullTimeStudent: false } },
  { address: { street: '12345 Very Long Boulevard of the Americas', unit: 'Apartment 1234', city: 'San Francisco', state: 'CA', zip: '94110-1234' }, contact: { phone: '2025550102', spousePhone: '2025550103', preferredLanguage: 'Mixteco', safeContact: 'Only by way of the parish' } },
  { household: relatives },
  { situation: { maritalStatus: 'married' } },
  { taxpayer: { taxpayerId: '917-00-0001' }, spouse: { taxpayerId: '917-00-0002' }, household: relatives.map((one, i) => ({ ...one, taxpayerId: `917-00-001${i}` })) },
];

async function enter(saves: readonly object[]): Promise<string> {
  const { id } = (await api.post('/api/intakes', { taxYear: 2026 })).body as { id: string };
  for (const [i, answers] of saves.entries()) expect((await api.patch(`/api/intakes/${id}`, { version: i + 1, answers })).status).toBe(200);
  expect((await api.get(`/api/intakes/${id}`)).status).toBe(200);
  expect((await api.post(`/api/intakes/${id}/stage`, { stage: 'prepared' })).status).toBe(200);
  return id;
}

/** Everything that a thief of both databases sees of an intake, less what is random for every intake. */
async function visible(id: string): Promise<unknown> {
  const { recordsOwner, keysOwner } = service.databases;
  return {
    intake: await recordsOwner(
      `SELECT tax_year, filing_year, stage, version, length(wrapped_key) AS key, created_day, touched_day, prepared_day, accepted_day, done_day,
              consents_given, destroyed FROM intake WHERE id = $1`,
      [id],
    ),
    sections: await recordsOwner('SELECT class, length(sealed) AS bytes FROM section WHERE intake_id = $1 ORDER BY class', [id]),
    shares: await keysOwner('SELECT class, due_day, tax_year, length(wrapped) AS bytes FROM life_share WHERE intake_id = $1 ORDER BY class', [id]),
    lookups: await keysOwner('SELECT slot, version, length(tag) AS tag, length(sealed) AS bytes FROM lookup WHERE intake_id = $1 ORDER BY slot', [id]),
    entries: (
      await recordsOwner<{ kind: string; subject: string; context: string }>(
        `SELECT e.kind, p.subject, p.context FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.intake_id = $1 ORDER BY e.id`,
        [id],
      )
    ).map(({ kind, subject, context }) => [kind, subject.replaceAll(id, 'id'), context.replaceAll(/[0-9a-f]{64}|[0-9a-f-]{36}/g, 'random')]),
  };
}

describe('the stored bytes do not show who is a citizen, who has which number, or how many live in the home', () => {
  it('for a single person and a family of seven leave the same behind', async () => {
    const [one, seven] = [await enter(single), await enter(family)];
    expect(await visible(seven)).toEqual(await visible(one));
  });

  it('nor whether anything was entered at all', async () => {
    const empty = await enter(family.map(() => ({})));
    const full = await enter(family);
    expect(await visible(full)).toEqual(await visible(empty));
  });
});
