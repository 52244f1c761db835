import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signInAll } from '../../src/demo/members.js';
import { VerifySections } from '../../src/retention/verification/verify-sections.js';
import { apiClient, type ApiClient } from '../support/test-service.js';
import { Season } from './check/season.js';

const SAID = { returnType: '1040', preparedBy: 'Priya Preparer' };
const REASON = 'The client asked for it at the desk and signed the form.';

/** Years of one site of compensated preparers, with a run on the days that matter and an outsider who checks every certificate. */
describe('a preparer’s list', () => {
  let season: Season;
  let api: ApiClient;
  const ids: Record<string, string> = {};
  const certificates = new Map<string, string>();

  const administrators = async () => {
    const two = season.service.members.filter(({ role }) => role === 'administrator');
    return (await signInAll(season.service.app, two)).map(({ token }) => apiClient(season.service.url, token)) as [ApiClient, ApiClient];
  };
  const list = async (name: string) => api.get(`/api/intakes/${ids[name]}?fields=preparerList`);
  /** Of those that are on a list. */
  const listed = () => Object.keys(ids).filter((name) => name !== 'broken');
  const statuses = async () => Object.fromEntries(await Promise.all(listed().map(async (name) => [name, (await list(name)).status])));
  const at = async (day: string) => (api = await season.on(day));
  const night = async (day: string) => {
    await at(day);
    certificates.set(day, await season.run());
  };
  const destroyedOn = async (day: string) => {
    const { buckets } = JSON.parse((await season.certificate(certificates.get(day)!)).body) as { buckets: { class: string; shares: number; moved: number; unlogged: number }[] };
    return buckets.filter((bucket) => bucket.class === 'preparer_list').map(({ shares, moved, unlogged }) => ({ shares, moved, unlogged }));
  };
  const prepared = async (name: string) => {
    ids[name] = await season.intake(api);
    const { status, body } = await api.post(`/api/intakes/${ids[name]}/stage`, { stage: 'prepared', preparerList: SAID });
    if (status !== 200) throw new Error(JSON.stringify(body));
  };

  beforeAll(async () => {
    season = await Season.start('2027-02-01');
    await at('2027-02-01');
    const [one] = await administrators();
    expect((await one.patch('/api/site', { regime: 'compensated' })).status).toBe(200);
    for (const name of ['done', 'erased', 'held']) await prepared(name);
    await season.stages(api, ids['done']!, 'filed', 'accepted', 'done');
    // A crash between the two databases: a share of which the log has never heard.
    ids['broken'] = await season.intake(api);
    const { recordsOwner } = season.service.databases;
    await recordsOwner(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`);
    await recordsOwner('CREATE CONSTRAINT TRIGGER refuse AFTER UPDATE ON intake DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()');
    expect((await api.post(`/api/intakes/${ids['broken']}/stage`, { stage: 'prepared', preparerList: SAID })).status).toBe(500);
    await recordsOwner('DROP TRIGGER refuse ON intake');
    expect(await season.keys(`SELECT FROM life_share WHERE class = 'preparer_list' AND intake_id = $1`, ids['broken']!)).toHaveLength(1);
    await night('2027-02-01');
  }, 120_000);
  afterAll(() => season.end());

  it('outlives the client’s own erasure, which says so', async () => {
    const asked = await api.post(`/api/intakes/${ids['erased']}/erasure`, { reason: REASON });
    const [, other] = await administrators();
    expect((await other.post(`/api/approvals/${asked.body.approvalId}/approve`)).status).toBe(204);
    const read = await api.get(`/api/intakes/${ids['erased']}?fields=preparerList,taxpayer.firstName`);
    expect([read.status, read.body.answers, read.body.destroyed]).toEqual([
      200,
      { preparerList: { name: 'Robin', taxpayerId: '900-00-0001', taxYear: 2026, ...SAID } },
      { identity: '2027-02-01' },
    ]);
    expect((await api.get(`/api/intakes/${ids['erased']}`)).body).toMatchObject({ code: 'DESTROYED', destroyed: { identity: '2027-02-01' } });
    expect((await api.post(`/api/intakes/${ids['erased']}/stage`, { stage: 'filed' })).status).toBe(410);
    await night('2027-02-02');
    expect((await api.get(`/api/intakes/${ids['erased']}/erasure`)).body).toMatchObject({ state: 'destroyed', listUntil: '2030-06-30', runId: certificates.get('2027-02-02') });
    expect(await season.keys('SELECT class FROM life_share WHERE intake_id = $1', ids['erased']!)).toEqual([{ class: 'preparer_list' }]);
  });

  it('outlives everything else, is all that is left then, and can be neither changed nor erased early', async () => {
    await night('2027-04-15');
    expect(await statuses()).toEqual({ done: 200, erased: 200, held: 200 });
    expect((await list('broken')).body).toMatchObject({ code: 'DESTROYED', destroyed: { all: '2027-03-03' } });
    expect((await list('done')).body.due).toEqual({ preparer_list: '2030-07-01' });
    expect((await api.get(`/api/intakes/${ids['done']}`)).status).toBe(410);
    const version = (await list('held')).body.version as number;
    expect((await api.patch(`/api/intakes/${ids['held']}`, { version, answers: { preparerList: { name: 'Someone' } } })).status).toBe(410);
    const refused = await api.post(`/api/intakes/${ids['done']}/erasure`, { reason: REASON });
    expect([refused.status, refused.body.code, refused.body.until]).toEqual([409, 'RETENTION_LOCKED', '2030-06-30']);
    expect(await season.service.app.get(VerifySections).execute('command')).toMatchObject({ findings: [] });
  });

  it('moves with a return that is prepared again in the next period', async () => {
    await at('2027-06-30');
    await prepared('again');
    expect((await list('again')).body.due).toEqual({ preparer_list: '2030-07-01' });
    await at('2027-07-01');
    await season.stages(api, ids['again']!, 'open');
    expect((await list('again')).body.due).toEqual({ preparer_list: '2030-07-01' });
    await season.stages(api, ids['again']!, 'prepared');
    expect((await list('again')).body.due).toEqual({ preparer_list: '2031-07-01' });
  });

  it('is missed with the intake that somebody removed, of which nothing else lived; no share is that a crash left', async () => {
    await night('2028-01-04');
    const { recordsOwner } = season.service.databases;
    const verify = async () => (await season.service.app.get(VerifySections).execute('command')).findings;
    expect(await recordsOwner('SELECT FROM intake WHERE id = $1', [ids['broken']])).toEqual([]);
    expect(await season.keys('SELECT class FROM life_share WHERE intake_id = $1', ids['broken']!)).toEqual([{ class: 'preparer_list' }]);
    expect(await verify()).toEqual([]);
    await recordsOwner(`CREATE TABLE intake_kept AS SELECT * FROM intake WHERE id = '${ids['done']}'`);
    await recordsOwner(`CREATE TABLE section_kept AS SELECT * FROM section WHERE intake_id = '${ids['done']}'`);
    await recordsOwner('DELETE FROM intake WHERE id = $1', [ids['done']]);
    expect(await verify()).toEqual([{ kind: 'missing', siteId: expect.any(String), intakeId: ids['done'] }]);
    for (const table of ['intake', 'section']) await recordsOwner(`INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM ${table}_kept`);
    expect(await verify()).toEqual([]);
  });

  it('is foreseen, and stays when the site’s regime is another, past the end of the year', async () => {
    await night('2028-01-05');
    const [one] = await administrators();
    expect((await one.patch('/api/site', { regime: 'vita_tce' })).status).toBe(200);
    const preview = await one.post('/api/retention/preview', { asOf: '2030-07-01' });
    expect(preview.body.classes.at(-1)).toEqual({ class: 'preparer_list', destroyed: 4, held: 0, kept: 1 });
    expect(preview.body.intakes.find(({ id }: { id: string }) => id === ids['done']).classes).toEqual([
      { class: 'preparer_list', due: '2030-07-01', reason: { rule: 'return-period', day: '2030-07-01' }, heldBy: [] },
    ]);
    expect((await api.get(`/api/intakes/${ids['erased']}/erasure`)).status).toBe(200);
  });

  it('can be read on the last day that the law asks for, and is destroyed by the run of the next, save what a hold keeps and what goes on', async () => {
    await night('2030-06-30');
    expect(await statuses()).toEqual({ done: 200, erased: 200, held: 200, again: 200 });
    expect(await destroyedOn('2030-06-30')).toEqual([]);
    const hold = await season.hold({ intakes: [ids['held']!] });
    await at('2030-07-01');
    expect(await statuses()).toEqual({ done: 410, erased: 410, held: 423, again: 200 });
    await night('2030-07-01');
    expect(await statuses()).toEqual({ done: 410, erased: 410, held: 423, again: 200 });
    expect(await destroyedOn('2030-07-01')).toEqual([{ shares: 3, moved: 2, unlogged: 1 }]);
    expect((await list('again')).body.answers.preparerList.name).toBe('Robin');
    expect((await list('done')).body).toMatchObject({ code: 'DESTROYED', destroyed: { all: '2030-07-01' } });
    expect(await season.keys('SELECT FROM life_share WHERE intake_id = ANY ($1::uuid[])', [ids['done'], ids['erased'], ids['broken']])).toEqual([]);
    await season.release(hold);
    await night('2030-07-02');
    expect((await list('held')).status).toBe(410);
    await night('2031-07-01');
    expect((await list('again')).status).toBe(410);
    expect(await season.keys(`SELECT FROM bucket WHERE class = 'preparer_list'`)).toEqual([]);
  });

  it('and an outsider finds every one of these runs to have destroyed exactly that', async () => {
    const log = await season.export();
    for (const [day, run] of certificates) expect([day, season.check((await season.certificate(run)).note, { log }).failure]).toEqual([day, undefined]);
  });
});
