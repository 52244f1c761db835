import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signInAll, type SignedInMember } from '../../src/demo/members.js';
import { keepingConsents } from '../support/keeping-policy.js';
import { apiClient, type ApiClient, type TestService } from '../support/test-service.js';
import { secondSite } from '../support/two-sites.js';
import { Season } from '../retention/check/season.js';

const INTAKES = 53;
/** Three years after 31 December 2028. */
const GONE = '2032-01-01';
const name = (n: number) => `Robin Example ${String(n).padStart(2, '0')}`;
const given = (n: number) => ({ form15080Version: 'Oct. 2025', form15080GivenOn: '2027-01-20', ...(n % 2 && { form14446SpouseGivenOn: '2027-01-21' }) });
const answers = (n: number) => ({ taxpayer: { firstName: name(n) }, spouse: { firstName: 'Sam' }, consents: given(n) });
const kept = (n: number) => ({ ...given(n), givenBy: name(n), ...(n % 2 && { spouseGivenBy: 'Sam' }) });

let season: Season;
let service: TestService;
let api: ApiClient;
let stranger: SignedInMember;
const ids: string[] = [];

const at = async (day: string) => (api = await season.on(day));
const create = async (by: ApiClient, said: object): Promise<string> => {
  const { status, body } = await by.post('/api/intakes', { taxYear: 2026, answers: said });
  expect(status).toBe(201);
  return body.id as string;
};
const sql = (statement: string, ...parameters: unknown[]) => service.databases.recordsOwner<Record<string, unknown>>(statement, parameters);
const readings = () => sql(`SELECT p.subject, p.context FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.kind = 'answers.read' ORDER BY e.id`);
const ofYear = async (year = 2027, query = '') => (await api.get(`/api/kept-consents/${year}${query}`)).body;

beforeAll(async () => {
  season = await Season.start('2027-02-01');
  service = season.service;
  await at('2027-02-01');
}, 120_000);
afterAll(() => season.end());

describe('the consents that are kept of a year', () => {
  it('are none where the policy keeps none, and opening that reads nothing', async () => {
    await create(api, answers(99));
    expect((await api.get('/api/kept-consents')).body).toEqual({ years: [] });
    expect(await ofYear()).toEqual({ year: 2027, intakes: [] });
    expect(await readings()).toEqual([]);
  });

  it('are all of that year and site, oldest first, fifty a page, each page one read in the log', async () => {
    await season.publish(keepingConsents(1096), '2027-02-03');
    stranger = await secondSite(service);
    for (let n = 0; n < INTAKES; n++) {
      if (n === INTAKES - 1) await at('2027-03-01');
      ids.push(await create(api, answers(n)));
      if (n === 7) await create(apiClient(service.url, stranger.token), answers(70));
      if (n === 8) await create(api, { taxpayer: { firstName: 'Nobody' } });
    }
    expect((await api.get('/api/kept-consents')).body).toEqual({ years: [{ year: 2027, intakes: INTAKES }] });
    expect(await readings()).toEqual([]);

    const first = await ofYear();
    const second = await ofYear(2027, `?cursor=${first.next}`);
    expect([first.intakes.length, second.intakes.length, second.next]).toEqual([50, 3, undefined]);
    expect([...first.intakes, ...second.intakes]).toEqual(
      ids.map((id, n) => ({ id, taxYear: 2026, createdDay: n === INTAKES - 1 ? '2027-03-01' : '2027-02-01', dueDay: GONE, consents: kept(n) })),
    );
    const entries = (await readings()).map(({ subject, context }) => [JSON.parse(subject as string), JSON.parse(context as string)]);
    expect(entries.map(([subject]) => subject.intakes)).toEqual([ids.slice(0, 50), ids.slice(50)]);
    for (const [subject, context] of entries) {
      expect([subject.classes, context.purpose]).toEqual([['consents'], 'print']);
      expect(subject.fields).toEqual(expect.arrayContaining(['consents.givenBy', 'consents.spouseGivenBy', 'consents.form15080GivenOn']));
    }
  }, 120_000);

  it('are each site’s own, and nobody’s but a preparer’s', async () => {
    const [again] = await signInAll(service.app, [stranger]);
    const { intakes, next } = (await apiClient(service.url, again!.token).get('/api/kept-consents/2027')).body;
    expect([intakes.map((one: { consents: object }) => one.consents), next]).toEqual([[kept(70)], undefined]);
    for (const role of ['administrator', 'auditor'] as const) {
      const other = await service.signInAgain(role);
      for (const path of ['', '/2027']) expect([role, path, (await other.get(`/api/kept-consents${path}`)).status]).toEqual([role, path, 403]);
    }
  });

  it('stand out no more than the list of intakes, which shows as many names: no numbers were opened', async () => {
    const { body } = await (await service.signInAgain('auditor')).get('/api/audit/findings?days=7');
    expect(body.findings.map(({ detector }: { detector: string }) => detector)).not.toContain('credentials-opened');
  });

  it('are not found by what is no page and no year', async () => {
    for (const cursor of ['x', '2027-02-30.1', '2027-02-01', '2027-02-01.x', '2027-02-01.1.1', '.', "2027-02-01.1'", '0000-01-01.1']) {
      expect([cursor, (await ofYear(2027, `?cursor=${encodeURIComponent(cursor)}`)).code]).toEqual([cursor, 'INVALID_INPUT']);
    }
    for (const year of ['1999', '27', '20277', 'x', '2027-02-01']) expect([year, (await api.get(`/api/kept-consents/${year}`)).status]).toEqual([year, 404]);
  });

  it('leave out what was erased at the client’s wish, from the approval on', async () => {
    const asked = await api.post(`/api/intakes/${ids[2]}/erasure`, { reason: 'The client asked for it at the desk and signed the form.' });
    const [, other] = await season.administrators();
    expect((await other.post(`/api/approvals/${asked.body.approvalId}/approve`)).status).toBe(204);
    expect((await ofYear()).intakes.map(({ id }: { id: string }) => id)).not.toContain(ids[2]);
    expect((await api.get('/api/kept-consents')).body).toEqual({ years: [{ year: 2027, intakes: INTAKES - 1 }] });
  });

  it('outlive the names, one that was tampered with hides no other, and each year has its own', async () => {
    await at('2028-02-01');
    await season.run();
    const later = await create(api, { ...answers(80), consents: { form15080GivenOn: '2028-01-20' } });
    await sql(`UPDATE section SET sealed = (SELECT sealed FROM section WHERE intake_id = $2 AND class = 'consents') WHERE intake_id = $1 AND class = 'consents'`, ids[0], ids[1]);
    expect((await api.get('/api/kept-consents')).body).toEqual({ years: [{ year: 2028, intakes: 1 }, { year: 2027, intakes: INTAKES - 1 }] });
    expect((await ofYear(2028)).intakes).toMatchObject([{ id: later, dueDay: '2032-12-31' }]);
    const { intakes } = await ofYear();
    expect(intakes).toHaveLength(50);
    expect(intakes[0]).toEqual({ id: ids[0], taxYear: 2026, createdDay: '2027-02-01', dueDay: GONE });
    expect(intakes[1]).toMatchObject({ id: ids[1], consents: kept(1) });
  });

  it('are there on their last day, then gone, save those that a hold keeps, which open for nobody', async () => {
    await at('2031-12-31');
    expect((await ofYear()).intakes[1]).toMatchObject({ consents: kept(1) });
    const hold = await season.hold({ intakes: [ids[5]!] });
    await at(GONE);
    const before = (await readings()).length;
    expect((await ofYear()).intakes).toEqual([{ id: ids[5], taxYear: 2026, createdDay: '2027-02-01', preserved: true }]);
    expect(await readings()).toHaveLength(before);
    await season.run();
    expect((await ofYear()).intakes).toEqual([{ id: ids[5], taxYear: 2026, createdDay: '2027-02-01', preserved: true }]);
    expect((await api.get('/api/kept-consents')).body.years).toEqual([{ year: 2028, intakes: 1 }, { year: 2027, intakes: 1 }]);
    await season.release(hold);
    await at('2032-01-02');
    await season.run();
    expect((await api.get('/api/kept-consents')).body.years).toEqual([{ year: 2028, intakes: 1 }]);
  });
});
