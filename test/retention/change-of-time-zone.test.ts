import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, day } from '../../src/platform/clock.js';
import type { RunOutcome } from '../../src/retention/purge-run.js';
import { RunPurge } from '../../src/retention/run-purge.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

const CREATED = day('2027-02-01');
const DUE = addDays(CREATED, 30);
const PHONE = '2025550100';
const EAST = 'Pacific/Kiritimati';

/** The site is in New York, where the day before the day of destruction has a long way to go yet at 15:00 UTC. */
describe('a change of a site’s time zone', () => {
  let service: TestService;
  let preparer: ApiClient;
  let administrator: ApiClient;
  let id: string;
  beforeEach(async () => {
    service = await startTestService({ now: CREATED });
    ({ body: { id } } = await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Robin' }, contact: { phone: PHONE } } }));
    await at(`${addDays(DUE, -1)}T15:00:00Z`);
  });
  afterEach(() => service.stop());

  async function at(instant: string): Promise<void> {
    service.clock.setTo(new Date(instant));
    [preparer, administrator] = [await service.signInAgain('preparer'), await service.signInAgain('administrator')];
  }

  const move = (timeZone: string) => administrator.patch('/api/site', { timeZone });
  const run = (): Promise<RunOutcome> => service.app.get(RunPurge).execute('command');
  const read = async (): Promise<number> => (await preparer.get(`/api/intakes/${id}?fields=taxpayer.firstName`)).status;
  const shares = () => service.databases.keysOwner('SELECT FROM life_share WHERE intake_id = $1', [id]);

  /** By every way to it. */
  async function expectAlive(): Promise<void> {
    expect(await read()).toBe(200);
    expect((await preparer.post('/api/intakes/search', { phone: PHONE })).body.matches).toEqual([{ id }]);
    const { body } = await preparer.get('/api/intakes');
    expect(body.intakes[0]).toMatchObject({ displayName: 'Robin', due: { identity: DUE, contact: DUE } });
    expect(await run()).toMatchObject({ state: 'finished' });
    expect((await shares()).length).toBeGreaterThan(5);
    expect(await read()).toBe(200);
  }

  it('brings nothing forward: what is readable until tomorrow is readable until then, and destroyed then', async () => {
    expect((await move(EAST)).body).toMatchObject({ timeZone: EAST, formerTimeZones: [{ timeZone: 'America/New_York', until: '2027-04-01' }] });
    const rules = { timeZone: EAST, formerTimeZones: [{ timeZone: 'America/New_York', until: '2027-04-01' }] };
    const [entry] = await service.databases.recordsOwner(
      `SELECT p.context::jsonb AS context FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.kind = 'site.changed' ORDER BY e.id DESC LIMIT 1`,
    );
    expect(entry).toEqual({ context: { settings: ['timeZone'], rules } });
    const { body: preview } = await administrator.post('/api/retention/preview', {});
    expect(preview.today).toBe(addDays(DUE, -1));
    await expectAlive();
    await at(`${DUE}T04:30:00Z`); // half past eleven in New York
    await expectAlive();

    await at(`${DUE}T05:30:00Z`);
    expect(await read()).toBe(410);
    expect(await run()).toMatchObject({ state: 'finished' });
    expect((await shares()).length).toBeLessThan(3); // what lives longer: consents
  });

  it('is none where the letter case of its name alone is another', async () => {
    const changes = async () => (await service.databases.recordsOwner(`SELECT FROM log_entry WHERE kind = 'site.changed'`)).length;
    const before = await changes();
    for (const [sent, timeZone, left] of [
      ['america/new_york', 'America/New_York', []],
      ['AMERICA/CHICAGO', 'America/Chicago', ['America/New_York']],
      ['america/Chicago', 'America/Chicago', ['America/New_York']],
      ['America/NEW_YORK', 'America/New_York', ['America/Chicago']],
      ['US/Eastern', 'US/Eastern', ['America/Chicago', 'America/New_York']],
      ['us/eastern', 'US/Eastern', ['America/Chicago', 'America/New_York']],
    ] as const) {
      const { status, body } = await move(sent);
      expect([sent, status, body.timeZone, body.formerTimeZones.map((former: { timeZone: string }) => former.timeZone)]).toEqual([sent, 200, timeZone, left]);
    }
    expect(await changes()).toBe(before + 3);
    expect((await move('america/nowhere')).body).toMatchObject({ code: 'INVALID_INPUT', fields: ['timeZone'] });
  });

  it('is not got round by a second change', async () => {
    for (const zone of ['Pacific/Honolulu', EAST, 'Pacific/Auckland', EAST]) expect((await move(zone)).status).toBe(200);
    await expectAlive();
    await at(`${DUE}T05:30:00Z`); // still the day before in Honolulu
    expect(await read()).toBe(200);
    await at(`${DUE}T10:30:00Z`);
    expect(await read()).toBe(410);
  });

  it('holds for what was announced thirty days ago, and no longer', async () => {
    await at('2027-02-02T15:00:00Z');
    expect((await move(EAST)).status).toBe(200);
    await at(`${addDays(DUE, -1)}T15:00:00Z`); // New York counts through March 3
    await expectAlive();
    const { body } = await preparer.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Sasha' } } });
    await at('2027-03-31T09:00:00Z'); // five in the morning in New York, eleven at night in Kiritimati
    expect((await preparer.get(`/api/intakes/${body.id}?fields=taxpayer.firstName`)).status).toBe(200);
    await at('2027-03-31T10:30:00Z'); // April 1 in Kiritimati: thirty days after March 2
    expect((await preparer.get(`/api/intakes/${body.id}?fields=taxpayer.firstName`)).status).toBe(410);
  });

  it('lets what is readable be read a little longer where it goes west', async () => {
    expect((await move('Pacific/Honolulu')).status).toBe(200);
    await expectAlive();
    await at(`${DUE}T09:00:00Z`);
    await expectAlive();
    await at(`${DUE}T10:30:00Z`);
    expect(await read()).toBe(410);
    expect(await run()).toMatchObject({ state: 'finished' });
    expect((await shares()).length).toBeLessThan(3);
  });

  it('goes only west while a legal hold is in force', async () => {
    await administrator.post('/api/holds', { matter: '2027-CV-0142', scope: { taxYear: 1999 } }).expect(201);
    expect(await move(EAST)).toMatchObject({ status: 409, body: { code: 'RETENTION_LOCKED', fields: ['timeZone'] } });
    expect((await administrator.get('/api/site')).body).toMatchObject({ timeZone: 'America/New_York', formerTimeZones: [] });
    expect((await move('America/Chicago')).status).toBe(200);
  });

  it.each([
    ['forgets the zone that was left', `UPDATE site SET former_time_zones = '[]'`],
    ['has it end sooner', `UPDATE site SET former_time_zones = jsonb_set(former_time_zones, '{0,until}', '"2027-03-01"')`],
    ['names another', `UPDATE site SET former_time_zones = jsonb_set(former_time_zones, '{0,timeZone}', '"Pacific/Auckland"')`],
  ])('is believed only as the log has it: nothing is destroyed where a superuser %s', async (_, sql) => {
    await move(EAST);
    await service.databases.recordsOwner(sql);
    const before = (await shares()).length;
    expect(await run()).toMatchObject({ state: 'failed', reason: 'inputs-changed' });
    expect((await shares()).length).toBe(before);
  });
});
