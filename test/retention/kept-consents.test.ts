import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { VerifySections } from '../../src/retention/verification/verify-sections.js';
import { keepingConsents } from '../support/keeping-policy.js';
import type { ApiClient } from '../support/test-service.js';
import { Season } from './check/season.js';

const TAXPAYER = { firstName: 'Robin', middleInitial: 'Q', lastName: 'Example' };
const GIVEN = { form15080Version: 'Oct. 2025', form15080GivenOn: '2027-01-20', form15080SpouseGivenOn: '2027-01-21' };
const NAMES = { givenBy: 'Robin Q Example', spouseGivenBy: 'Sam Example' };
/** Three years after 31 December 2028. */
const LAST = '2031-12-31';
const GONE = '2032-01-01';

/** Years of a site whose policy keeps consents, with an outsider who checks every certificate. */
describe('consents that a policy keeps', () => {
  let season: Season;
  let api: ApiClient;
  const ids: Record<string, string> = {};
  const runs: string[] = [];

  const at = async (day: string) => (api = await season.on(day));
  const night = async (day: string) => {
    await at(day);
    runs.push(await season.run());
  };
  const read = (name: string) => api.get(`/api/intakes/${ids[name]}?fields=consents`);
  const create = async (name: string, answers: object) => {
    const { status, body } = await api.post('/api/intakes', { taxYear: 2026, answers });
    expect([name, status]).toEqual([name, 201]);
    ids[name] = body.id as string;
  };
  const couple = { taxpayer: TAXPAYER, spouse: { firstName: 'Sam', lastName: 'Example' } };

  beforeAll(async () => {
    season = await Season.start('2027-02-01');
    await at('2027-02-01');
    await create('before', { ...couple, consents: GIVEN });
    await season.publish(keepingConsents(1096), '2027-02-03');
    await create('kept', { ...couple, consents: GIVEN });
    await create('erased', { ...couple, consents: GIVEN });
    await create('held', { ...couple, consents: GIVEN });
    await create('single', { ...couple, consents: { form14446Version: 'Nov. 2023', form14446GivenOn: '2027-02-01' } });
    await create('spouse', { ...couple, consents: { other7216SpouseGivenOn: '2027-01-20' } });
    await create('none', couple);
    await create('nameless', { contact: { email: 'robin@example.org' }, consents: GIVEN });
  }, 120_000);
  afterAll(() => season.end());

  it('say whose they are, by the names as they were entered, and nobody else is named', async () => {
    expect((await read('kept')).body.answers.consents).toEqual({ ...GIVEN, ...NAMES });
    expect((await read('single')).body.answers.consents).toMatchObject({ givenBy: NAMES.givenBy });
    expect((await read('single')).body.answers.consents).not.toHaveProperty('spouseGivenBy');
    expect((await read('spouse')).body).toMatchObject({ answers: { consents: { spouseGivenBy: NAMES.spouseGivenBy } }, due: { consents: GONE } });
    expect((await read('spouse')).body.answers.consents).not.toHaveProperty('givenBy');
    for (const name of ['none', 'nameless', 'before']) expect((await read(name)).body.answers.consents ?? {}).not.toHaveProperty('givenBy');
    expect((await read('kept')).body.due.consents).toBe(GONE);
    expect((await read('before')).body.due.consents).toBe('2027-12-31');
    expect((await read('nameless')).body.due.consents).toBe('2027-12-31');
    expect((await read('none')).body.due.consents).toBe('2027-03-03');
  });

  it('say it from the next save on, where they were given before the policy was published', async () => {
    await season.touch(api, ids['before']!);
    expect((await read('before')).body).toMatchObject({ answers: { consents: { ...GIVEN, ...NAMES } }, due: { consents: GONE } });
  });

  it('follow a name that is corrected, lose it with the last consent, and have it again', async () => {
    await season.touch(api, ids['single']!, { taxpayer: { lastName: 'Sample' } });
    expect((await read('single')).body.answers.consents.givenBy).toBe('Robin Q Sample');
    await season.touch(api, ids['single']!, { consents: null });
    expect((await read('single')).body).toMatchObject({ answers: {}, due: { consents: '2027-03-03' } });
    await season.touch(api, ids['single']!, { consents: { form14446GivenOn: '2027-02-01' } });
    expect((await read('single')).body).toMatchObject({ answers: { consents: { givenBy: 'Robin Q Sample' } }, due: { consents: GONE } });
  });

  it('outlive the names and the season, and then can be read and not changed', async () => {
    await season.stages(api, ids['kept']!, 'prepared', 'filed', 'accepted', 'done');
    await night('2027-04-15');
    expect((await api.get(`/api/intakes/${ids['kept']}?fields=taxpayer.firstName`)).status).toBe(410);
    expect((await read('kept')).body.answers.consents).toEqual({ ...GIVEN, ...NAMES });
    const { version } = (await read('kept')).body as { version: number };
    expect((await api.patch(`/api/intakes/${ids['kept']}`, { version, answers: { consents: { other7216GivenOn: '2027-03-01' } } })).status).toBe(200);
    expect((await read('kept')).body.answers.consents).toEqual({ ...GIVEN, ...NAMES, other7216GivenOn: '2027-03-01' });
    await night('2027-12-31');
    expect([(await read('nameless')).status, (await read('none')).status]).toEqual([410, 410]);
    await night('2028-01-02');
    expect(await season.service.databases.recordsOwner('SELECT FROM lookup_key WHERE filing_year < 2028')).toEqual([]);
    const { body } = await read('kept');
    expect(body).toMatchObject({ answers: { consents: NAMES }, due: { consents: GONE } });
    const refused = await api.patch(`/api/intakes/${ids['kept']}`, { version: body.version, answers: { consents: { other7216GivenOn: null } } });
    expect([refused.status, refused.body.code]).toEqual([410, 'DESTROYED']);
    expect(await season.service.app.get(VerifySections).execute('command')).toMatchObject({ findings: [] });
  });

  it('are destroyed early at the client’s own wish', async () => {
    const asked = await api.post(`/api/intakes/${ids['erased']}/erasure`, { reason: 'The client asked for it at the desk and signed the form.' });
    const [, other] = await season.administrators();
    expect((await other.post(`/api/approvals/${asked.body.approvalId}/approve`)).status).toBe(204);
    expect((await read('erased')).status).toBe(410);
    await night('2028-01-03');
    expect(await season.keys('SELECT FROM life_share WHERE intake_id = $1', ids['erased']!)).toEqual([]);
  });

  it('are foreseen, read on their last day, and destroyed on the next, save what a hold keeps', async () => {
    await at(LAST);
    const [one] = await season.administrators();
    const preview = await one.post('/api/retention/preview', { asOf: GONE });
    expect(preview.body.intakes.find(({ id }: { id: string }) => id === ids['kept']).classes).toEqual([
      { class: 'consents', due: GONE, reason: { rule: 'consent-expiry', from: '2028-12-31', days: 1096, day: GONE }, heldBy: [] },
    ]);
    await night(LAST);
    expect((await read('kept')).status).toBe(200);
    const hold = await season.hold({ intakes: [ids['held']!] });
    await night(GONE);
    expect([(await read('kept')).status, (await read('held')).status]).toEqual([410, 423]);
    await season.release(hold);
    await night('2032-01-02');
    expect((await read('held')).status).toBe(410);
    expect(await season.keys(`SELECT FROM life_share WHERE intake_id = ANY ($1::uuid[])`, Object.values(ids))).toEqual([]);
  });

  it('are what every certificate says of them, by the log alone', async () => {
    for (const run of runs) expect([run, await season.flawOf(run)]).toEqual([run, undefined]);
  });
});
