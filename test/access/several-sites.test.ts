import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Approvals } from '../../src/access/approvals/approvals.js';
import { ChangePassword } from '../../src/access/change-password.js';
import { ChangeSite } from '../../src/access/change-site.js';
import { ChooseSite } from '../../src/access/choose-site.js';
import { DisableMember } from '../../src/access/disable-member.js';
import { ListMembers } from '../../src/access/list-members.js';
import { SweepSessions } from '../../src/access/sweep-sessions.js';
import type { SiteMember } from '../../src/access/signed-in.js';
import { AccessSitesController } from '../../src/web/api/access-sites.controller.js';
import { AccessWorld, passwordOf, refusedWith, type Person } from './access-world.js';

/** An organisation of two sites: who may open one, and what it takes to work at another. */
describe('several sites', () => {
  let world: AccessWorld;
  let ada: Person;
  let ruth: Person;
  let carl: Person;
  let pier: string;
  let elm: string;

  beforeAll(async () => {
    world = await AccessWorld.start([AccessSitesController]);
    [ada, ruth] = await world.setUpByTwo();
    carl = await world.join(ada, 'administrator', 'carl', ruth);
    pier = (await world.who(carl)).siteId;
  });
  afterAll(() => world.stop());

  const api = async (method: 'GET' | 'POST', url: string, token: string, payload?: object) => {
    const response = await world.app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload ? { payload } : {}) });
    return { status: response.statusCode, body: response.body === '' ? undefined : response.json() };
  };
  /** Signed in afresh, at work at a site. */
  const at = async (person: Person, siteId: string): Promise<{ token: string; who: SiteMember }> => {
    const token = await world.token(person);
    await world.get(ChooseSite).run((await world.find(token))!, siteId);
    return { token, who: (await world.find(token))! };
  };
  const names = async (who: SiteMember) => (await world.get(ListMembers).run(who)).map(({ name }) => name).sort();

  it('are opened by administrators of the whole organisation, each under a name of its own', async () => {
    const tokens = { ada: await world.token(ada), carl: await world.token(carl) };
    const opened = await api('POST', '/api/sites', tokens.ada, { name: 'Elm Street', timeZone: 'america/denver' });
    expect(opened).toMatchObject({ status: 201, body: { id: expect.any(String), name: 'Elm Street', timeZone: 'America/Denver' } });
    elm = opened.body.id;
    expect(await api('POST', '/api/sites', tokens.carl, { name: 'Carl’s', timeZone: 'UTC' })).toMatchObject({ status: 403 });
    for (const [input, field] of [[{ name: 'elm street' }, 'name'], [{ name: ' ' }, 'name'], [{ timeZone: 'Mars' }, 'timeZone']] as const) {
      const refused = await api('POST', '/api/sites', tokens.ada, { name: 'Third', timeZone: 'UTC', ...input });
      expect(refused).toMatchObject({ status: 422, body: { code: 'INVALID_INPUT', fields: [field] } });
    }
    expect((await api('GET', '/api/sites', tokens.ada)).body.sites.map(({ name }: { name: string }) => name)).toEqual(['Pier Street', 'Elm Street']);
    expect((await api('GET', '/api/sites', tokens.carl)).status).toBe(403);
    expect((await world.entries('site.created')).at(-1)).toMatchObject({ actor: { member: ada.id }, subject: { site: elm } });
    expect(await refusedWith(world.get(ChangeSite).run(await world.who(carl), { name: 'ELM STREET' }))).toBe('INVALID_INPUT');
  });

  it('are worked at one at a time, in one session, and the log of the site says who came', async () => {
    const [moving, staying] = [await world.token(ada), await world.token(ada)];
    const moved = await api('POST', '/api/session/site', moving, { siteId: elm });
    expect(moved).toMatchObject({ status: 200, body: { member: { id: ada.id, siteId: elm, organisationWide: true } } });
    expect((await world.find(moving))!.siteId).toBe(elm);
    expect((await world.find(staying))!.siteId).toBe(pier);
    expect((await world.who(ada)).siteId).toBe(pier);
    const [entry, ...more] = await world.entries('site.entered');
    expect([entry, more]).toEqual([expect.objectContaining({ actor: { member: ada.id, role: 'administrator' }, subject: { site: elm } }), []]);
    for (const siteId of ['no-id', '11111111-2222-4333-8444-555555555555']) {
      expect((await api('POST', '/api/session/site', moving, { siteId })).status).toBe(404);
    }
    for (const siteId of [pier, elm]) expect((await api('POST', '/api/session/site', await world.token(carl), { siteId })).status).toBe(403);
    expect(await refusedWith(world.get(ChooseSite).run(await world.who(carl), elm))).toBe('FORBIDDEN');
    expect((await world.find(moving))!.siteId).toBe(elm);
  });

  it('have members of their own, whom the other does not see', async () => {
    const { who } = await at(ada, elm);
    const { path, approval } = await world.invite(who, 'administrator', 'dora');
    await world.get(Approvals).approve((await at(ruth, elm)).who, approval!.id);
    const dora = await world.accept(path, 'dora');
    expect(await world.who(dora)).toMatchObject({ siteId: elm, organisationWide: false });
    expect(await names(await world.who(dora))).toEqual(['Ada', 'Ruth', 'dora']);
    expect(await names(await world.who(carl))).toEqual(['Ada', 'Ruth', 'carl']);
    expect(await names(who)).toEqual(['Ada', 'Ruth', 'dora']);
    for (const [by, whom] of [[carl, dora], [dora, carl]] as const) {
      expect(await refusedWith(world.get(DisableMember).run(await world.who(by), whom.id))).toBe('NOT_FOUND');
    }
    expect(await refusedWith(world.get(DisableMember).run(who, carl.id))).toBe('NOT_FOUND');
  });

  it('end the sessions of one member together, wherever each is', async () => {
    const here = await at(ruth, pier);
    const there = await at(ruth, elm);
    await world.get(ChangePassword).run(here.who, { current: ruth.password, next: passwordOf('ruth next') });
    expect(await world.find(there.token)).toBeUndefined();
    expect(await world.find(here.token)).toBeDefined();
    const again = await at({ ...ruth, password: passwordOf('ruth next') }, elm);
    await world.get(DisableMember).run((await at(ada, pier)).who, ruth.id);
    expect(await world.find(again.token)).toBeUndefined();
    expect(await world.databases.recordsOwner('SELECT FROM session WHERE member_id = $1', [ruth.id])).toHaveLength(0);
  });

  it('sweep sessions that are over at any site', async () => {
    await at(ada, elm);
    world.clock.advanceDays(1);
    await world.get(SweepSessions).run();
    expect(await world.databases.recordsOwner('SELECT FROM session')).toHaveLength(0);
    expect(await world.databases.keysOwner(`SELECT FROM half WHERE kind = 'session'`)).toHaveLength(0);
  });

  it('know no session of a member at a site that is not theirs', async () => {
    const token = await world.token(carl);
    await world.databases.recordsOwner('UPDATE session SET site_id = $1 WHERE member_id = $2', [elm, carl.id]);
    expect(await world.find(token)).toBeUndefined();
  });
});
