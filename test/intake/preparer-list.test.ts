import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

const LIST = 'preparer_list';
const answers = {
  taxpayer: { firstName: 'Ines', middleInitial: 'Q', lastName: 'Ferreira', dateOfBirth: '1990-01-01', taxpayerId: '900-00-5555' },
  contact: { phone: '2025550155' },
};
const SAID = { returnType: '1040', preparedBy: 'Priya Preparer' };
const WHOLE = { name: 'Ines Q Ferreira', taxpayerId: '900-00-5555', taxYear: 2026, ...SAID };

let service: TestService;
let api: ApiClient;
beforeAll(async () => {
  service = await startTestService({ now: '2027-02-01' });
  api = service.api('preparer');
});
afterAll(() => service.stop());

const regime = (name: string) => service.api('administrator').patch('/api/site', { regime: name }).expect(200);
const started = async (more: object = answers) => (await api.post('/api/intakes', { taxYear: 2026, answers: more })).body.id as string;
const stage = (id: string, name: string, preparerList?: object) => api.post(`/api/intakes/${id}/stage`, { stage: name, ...(preparerList && { preparerList }) });
const listOf = async (id: string) => (await api.get(`/api/intakes/${id}?fields=preparerList`)).body;
const rowsOf = async (id: string) => ({
  sections: await service.databases.recordsOwner(`SELECT FROM section WHERE intake_id = $1 AND class = '${LIST}'`, [id]).then((rows) => rows.length),
  shares: await service.databases.keysOwner<{ due: string }>(`SELECT due_day::text AS due FROM life_share WHERE intake_id = $1 AND class = '${LIST}'`, [id]).then((rows) => rows.map(({ due }) => due)),
});
const NOTHING = { sections: 0, shares: [] };
const buckets = () => service.databases.keysOwner(`SELECT day::text AS day FROM bucket WHERE class = '${LIST}'`);

describe('at a site of VITA or TCE, a return', () => {
  it('is on no list: there is no row, no share and no bucket of it, and nobody can put any there', async () => {
    const id = await started();
    expect((await stage(id, 'prepared', SAID)).body.code).toBe('NOT_COLLECTED');
    expect((await stage(id, 'prepared')).status).toBe(200);
    expect((await api.patch(`/api/intakes/${id}`, { version: 2, answers: { preparerList: WHOLE } })).body).toMatchObject({ code: 'NOT_COLLECTED' });
    expect((await api.post('/api/intakes', { taxYear: 2026, answers: { preparerList: WHOLE } })).body.code).toBe('NOT_COLLECTED');
    expect((await api.patch(`/api/intakes/${id}`, { version: 2, answers: { preparerList: null } })).status).toBe(200);
    expect(await rowsOf(id)).toEqual(NOTHING);
    expect(await buckets()).toEqual([]);
    expect(await listOf(id)).toEqual({ id, taxYear: 2026, version: 3, stage: 'prepared', answers: {}, due: {} });
    expect((await api.get('/api/intakes')).body.intakes[0].due).not.toHaveProperty(LIST);
  });
});

describe('at a site of compensated preparers, a return', () => {
  beforeAll(async () => {
    await regime('compensated');
  });
  afterEach(async () => {
    await service.databases.recordsOwner('DROP TRIGGER IF EXISTS refuse ON intake');
  });

  it('is prepared when it is said again, with its list and by somebody who did not get the answer', async () => {
    const id = await started();
    const answered = [await stage(id, 'prepared', SAID), await stage(id, 'prepared', SAID), await stage(id, 'prepared')];
    expect(answered.map(({ status, body }) => [status, body.stage])).toEqual([[200, 'prepared'], [200, 'prepared'], [200, 'prepared']]);
    expect((await listOf(id)).answers).toEqual({ preparerList: WHOLE });
    expect((await stage(id, 'accepted', SAID)).body.code).toBe('STAGE_NOT_ALLOWED');
  });

  it('is on no list before it is ready to be signed', async () => {
    const id = await started();
    expect((await api.patch(`/api/intakes/${id}`, { version: 1, answers: { preparerList: WHOLE } })).body.code).toBe('NOT_COLLECTED');
    expect((await stage(id, 'withdrawn')).status).toBe(200);
    expect(await rowsOf(id)).toEqual(NOTHING);
  });

  it('is not ready to be signed before the list is whole, and nothing of it is left behind', async () => {
    const id = await started({ contact: answers.contact });
    const refused = await stage(id, 'prepared', { returnType: '1040' });
    expect([refused.status, refused.body.code, refused.body.fields]).toEqual([422, 'INVALID_ANSWERS', ['preparerList.name', 'preparerList.preparedBy']]);
    expect((await stage(id, 'prepared', { ...WHOLE, taxYear: 2025 })).body.fields).toEqual(['preparerList.taxYear']);
    expect((await api.get(`/api/intakes/${id}`)).body).toMatchObject({ stage: 'open', version: 1 });
    expect(await rowsOf(id)).toEqual(NOTHING);
    expect((await stage(id, 'prepared', WHOLE)).status).toBe(200);
    expect((await listOf(id)).answers).toEqual({ preparerList: WHOLE });
  });

  it('comes onto it with name and number from the intake, in a bucket of its own, kept through 30 June three years after its period', async () => {
    const id = await started();
    expect((await stage(id, 'prepared', SAID)).status).toBe(200);
    expect(await listOf(id)).toMatchObject({ answers: { preparerList: WHOLE }, due: { [LIST]: '2030-07-01' } });
    expect(await rowsOf(id)).toEqual({ sections: 1, shares: ['2030-07-01'] });
    expect(await buckets()).toEqual([{ day: '2030-07-01' }]);
    const [entry] = await service.databases.recordsOwner<{ context: string; subject: string }>(
      `SELECT p.context, p.subject FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.intake_id = $1 AND e.kind = 'intake.staged'`, [id],
    );
    expect(JSON.parse(entry!.context)).toMatchObject({ facts: { listedDay: '2027-02-01' }, digests: { [LIST]: expect.any(String) } });
  });

  it('stays on it through saves, a return to work and a second preparation, which takes what was corrected', async () => {
    const id = await started();
    await stage(id, 'prepared', SAID);
    expect((await stage(id, 'open')).status).toBe(200);
    expect((await api.patch(`/api/intakes/${id}`, { version: 3, answers: { taxpayer: { lastName: 'Ferreira-Dias' } } })).status).toBe(200);
    expect((await listOf(id)).answers.preparerList).toEqual(WHOLE);
    expect((await stage(id, 'prepared', { returnType: '1040-SR' })).status).toBe(200);
    expect((await listOf(id)).answers.preparerList).toEqual({ ...WHOLE, name: 'Ines Q Ferreira-Dias', returnType: '1040-SR' });
    expect((await rowsOf(id)).shares).toEqual(['2030-07-01']);
  });

  it('comes onto it without a number where there is none yet; one that is entered later stays', async () => {
    const { taxpayerId: _none, ...taxpayer } = answers.taxpayer;
    const id = await started({ ...answers, taxpayer });
    const [without, numbered] = [{ ...WHOLE, taxpayerId: undefined }, WHOLE].map((list) => JSON.parse(JSON.stringify(list)) as object);
    expect((await stage(id, 'prepared', SAID)).status).toBe(200);
    expect((await listOf(id)).answers.preparerList).toEqual(without);
    const change = (version: number, taxpayerId: string | null) => api.patch(`/api/intakes/${id}`, { version, answers: { preparerList: { taxpayerId } } });
    expect((await change(2, null)).status).toBe(200);
    expect((await change(3, '900-00-5555')).status).toBe(200);
    expect((await change(4, null)).body.fields).toEqual(['preparerList.taxpayerId']);
    expect((await listOf(id)).answers.preparerList).toEqual(numbered);
  });

  it('can be corrected there, and not taken off', async () => {
    const id = await started();
    await stage(id, 'prepared', SAID);
    expect((await api.patch(`/api/intakes/${id}`, { version: 2, answers: { preparerList: { preparedBy: 'Paul Preparer' } } })).status).toBe(200);
    expect((await api.patch(`/api/intakes/${id}`, { version: 3, answers: { preparerList: null } })).body).toMatchObject({ code: 'INVALID_ANSWERS' });
    expect((await api.patch(`/api/intakes/${id}`, { version: 3, answers: { preparerList: { name: null } } })).body.fields).toEqual(['preparerList.name']);
    expect((await listOf(id)).answers.preparerList).toEqual({ ...WHOLE, preparedBy: 'Paul Preparer' });
  });

  it('is put there anew when it was rejected and is filed again', async () => {
    const id = await started();
    await stage(id, 'prepared', SAID);
    for (const name of ['filed', 'rejected']) await stage(id, name);
    expect((await stage(id, 'filed', { returnType: '1040-NR' })).status).toBe(200);
    expect((await listOf(id)).answers.preparerList).toEqual({ ...WHOLE, returnType: '1040-NR' });
  });

  it('has its share before a crash can lose it, and the next attempt seals under that', async () => {
    const id = await started();
    await service.databases.recordsOwner(`CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`);
    await service.databases.recordsOwner('CREATE CONSTRAINT TRIGGER refuse AFTER UPDATE ON intake DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()');
    expect((await stage(id, 'prepared', SAID)).status).toBe(500);
    await service.databases.recordsOwner('DROP TRIGGER refuse ON intake');
    expect(await rowsOf(id)).toEqual({ sections: 0, shares: ['2030-07-01'] });
    const read = await listOf(id);
    expect([read.answers, read.due]).toEqual([{}, {}]);
    expect((await api.get('/api/intakes')).body.intakes.find((one: { id: string }) => one.id === id).due).not.toHaveProperty(LIST);
    expect((await api.patch(`/api/intakes/${id}`, { version: 1, answers: { contact: { phone: '2025550166' } } })).status).toBe(200);
    expect((await rowsOf(id)).sections).toBe(0);
    expect((await stage(id, 'prepared', SAID)).status).toBe(200);
    expect((await listOf(id)).answers.preparerList).toEqual(WHOLE);
  });

  it('stays on it when the site is one of VITA again, where no other comes onto one', async () => {
    const [id, other] = [await started(), await started()];
    await stage(id, 'prepared', SAID);
    await regime('vita_tce');
    expect((await stage(id, 'open')).status).toBe(200);
    expect((await stage(id, 'prepared')).status).toBe(200);
    expect((await stage(other, 'prepared')).status).toBe(200);
    expect((await listOf(id)).answers.preparerList).toEqual(WHOLE);
    expect([(await rowsOf(id)).shares, await rowsOf(other)]).toEqual([['2030-07-01'], NOTHING]);
    const policy = await fetch(`${service.url}/policy`).then((page) => page.text());
    expect(policy).toContain('IRC 6107(b)');
  });
});

it('the regime is an administrator’s, and every change is in the log', async () => {
  expect((await api.patch('/api/site', { regime: 'compensated' })).status).toBe(403);
  const logged = await service.databases.recordsOwner<{ context: string }>(`SELECT p.context FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.kind = 'site.changed' AND p.context LIKE '%"regime"%' ORDER BY e.id`);
  expect(logged.map(({ context }) => JSON.parse(context) as unknown)).toEqual([
    { settings: ['regime'], rules: { timeZone: 'America/New_York', regime: 'compensated' } },
    { settings: ['regime'], rules: { timeZone: 'America/New_York' } },
  ]);
});
