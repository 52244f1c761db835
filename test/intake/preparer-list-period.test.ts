import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runPurge } from '../support/run-purge.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

const RETURNS = 52;
const said = (n: number) => ({ name: `Ines Ferreira ${String(n).padStart(2, '0')}`, returnType: n % 2 ? '1040' : '1040-X', preparedBy: 'Priya Preparer', ...(n === 3 ? {} : { taxpayerId: `900-00-${1000 + n}` }) });

let service: TestService;
let api: ApiClient;
const ids: string[] = [];

async function listed(n: number, taxYear: number): Promise<string> {
  const { id } = (await api.post('/api/intakes', { taxYear, answers: {} })).body as { id: string };
  expect((await api.post(`/api/intakes/${id}/stage`, { stage: 'prepared', preparerList: said(n) })).status).toBe(200);
  return id;
}

beforeAll(async () => {
  service = await startTestService({ now: '2027-02-01' });
  api = service.api('preparer');
});
afterAll(() => service.stop());

const sql = (statement: string, ...parameters: unknown[]) => service.databases.recordsOwner<Record<string, unknown>>(statement, parameters);
const readings = () => sql(`SELECT p.subject, p.context FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.kind = 'answers.read' ORDER BY e.id`);

describe('the preparer’s list of a return period', () => {
  it('is empty where nobody keeps one', async () => {
    expect((await api.get('/api/preparer-list')).body).toEqual({ periods: [] });
    expect((await api.get('/api/preparer-list/2026')).body).toEqual({ period: { year: 2026, from: '2026-07-01', to: '2027-06-30' }, returns: [] });
    expect(await readings()).toEqual([]);
  });

  it('has every return of it, oldest first, fifty a page, each page one read in the log', async () => {
    await service.api('administrator').patch('/api/site', { regime: 'compensated' }).expect(200);
    for (let n = 0; n < RETURNS; n++) {
      if (n === RETURNS - 1) service.clock.setTo(new Date('2027-06-30T20:00:00Z'));
      if (n === RETURNS - 1) api = await service.signInAgain('preparer');
      ids.push(await listed(n, 2026));
    }
    await api.post('/api/intakes', { taxYear: 2026, answers: {} });
    expect((await api.get('/api/preparer-list')).body).toEqual({ periods: [{ year: 2026, from: '2026-07-01', to: '2027-06-30', returns: RETURNS }] });

    const before = (await readings()).length;
    const first = (await api.get('/api/preparer-list/2026')).body;
    const second = (await api.get(`/api/preparer-list/2026?next=${first.next}`)).body;
    expect([first.returns.length, second.returns.length, second.next]).toEqual([50, 2, undefined]);
    const all = [...first.returns, ...second.returns];
    expect(all).toEqual(ids.map((id, n) => ({ id, listedDay: n === RETURNS - 1 ? '2027-06-30' : '2027-02-01', taxYear: 2026, ...said(n) })));
    const entries = (await readings()).slice(before).map(({ subject, context }) => [JSON.parse(subject as string), JSON.parse(context as string)]);
    expect(entries.map(([subject]) => subject.intakes)).toEqual([ids.slice(0, 50), ids.slice(50)]);
    for (const [subject, context] of entries) {
      expect([subject.classes, context.purpose]).toEqual([['preparer_list'], 'print']);
      expect(subject.fields).toContain('preparerList.taxpayerId');
    }
  });

  it('stands out as numbers opened, with every intake of the pages', async () => {
    const auditor = await service.signInAgain('auditor');
    const { body } = await auditor.get('/api/audit/findings?days=7');
    expect(body.findings).toContainEqual(expect.objectContaining({ detector: 'credentials-opened', entries: 2, intakes: RETURNS }));
  });

  it('is told from the next one by the day, and each has its own', async () => {
    service.clock.setTo(new Date('2027-07-01T15:00:00Z'));
    api = await service.signInAgain('preparer');
    const later = await listed(60, 2026);
    expect((await api.get('/api/preparer-list')).body.periods.map((one: { year: number; returns: number }) => [one.year, one.returns])).toEqual([[2027, 1], [2026, RETURNS]]);
    expect((await api.get('/api/preparer-list/2027')).body.returns.map((one: { id: string }) => one.id)).toEqual([later]);
  });

  it('leaves out nothing for one that was tampered with, and opens it for nobody', async () => {
    await sql(`UPDATE section SET sealed = (SELECT sealed FROM section WHERE intake_id = $2 AND class = 'preparer_list') WHERE intake_id = $1 AND class = 'preparer_list'`, ids[0], ids[1]);
    const { returns } = (await api.get('/api/preparer-list/2026')).body;
    expect(returns).toHaveLength(50);
    expect(returns[0]).toEqual({ id: ids[0], listedDay: '2027-02-01' });
    expect(returns[1]).toMatchObject({ id: ids[1], name: said(1).name });
  });

  it('refuses what is no page and no period', async () => {
    for (const cursor of ['x', '2027-02-30.1', '2027-02-01', '2027-02-01.x', '2027-02-01.1.1', '.', "2027-02-01.1'", '0000-01-01.1']) {
      expect([cursor, (await api.get(`/api/preparer-list/2026?cursor=${encodeURIComponent(cursor)}`)).body.code]).toEqual([cursor, 'INVALID_INPUT']);
    }
    for (const year of ['1999', '26', '20266', 'x', '2026-07-01']) expect([year, (await api.get(`/api/preparer-list/${year}`)).status]).toEqual([year, 404]);
  });

  it('outlives the rest, and ends with its last day', async () => {
    service.clock.setTo(new Date('2030-06-30T20:00:00Z'));
    await runPurge(await service.signInAgain('administrator'));
    api = await service.signInAgain('preparer');
    expect((await api.get('/api/preparer-list/2026')).body.returns[1]).toMatchObject({ name: said(1).name, taxpayerId: '900-00-1001' });
    service.clock.setTo(new Date('2030-07-01T15:00:00Z'));
    api = await service.signInAgain('preparer');
    expect((await api.get('/api/preparer-list/2026')).body.returns).toEqual([]);
    await runPurge(await service.signInAgain('administrator'));
    expect((await api.get('/api/preparer-list')).body.periods).toEqual([expect.objectContaining({ year: 2027, returns: 1 })]);
  });

  it('opens for nobody where a legal hold keeps it past its day', async () => {
    const administrator = await service.signInAgain('administrator');
    const hold = await administrator.post('/api/holds', { matter: 'Case 1', scope: { all: true } });
    expect(hold.status).toBe(201);
    service.clock.setTo(new Date('2031-07-01T15:00:00Z'));
    api = await service.signInAgain('preparer');
    const { returns } = (await api.get('/api/preparer-list/2027')).body;
    expect(returns).toEqual([{ id: expect.any(String), listedDay: '2027-07-01', preserved: true }]);
  });
});
