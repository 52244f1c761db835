import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SetUpLink } from '../../src/access/set-up-link.js';
import { AccessWorld, passwordOf, tokenIn } from './access-world.js';

/** The set-up, joining, admission and the site's settings, as a client of the JSON API goes through them. */
describe('the access API', () => {
  let world: AccessWorld;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    world = await AccessWorld.start();
  });
  afterAll(() => world.stop());

  const send = async (method: 'GET' | 'POST' | 'PATCH', url: string, body?: object, as?: string) => {
    const headers = as ? { authorization: `Bearer ${tokens[as]!}` } : {};
    const response = await world.app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
    return { status: response.statusCode, body: response.body === '' ? undefined : response.json() };
  };
  const signIn = async (name: string) => {
    const { body } = await send('POST', '/api/sign-in', { email: `${name}@example.org`, password: passwordOf(name) });
    tokens[name] = body.token;
    return body;
  };
  const setUpInput = (token: string) => ({
    token,
    organisation: 'Harbor Volunteers',
    site: 'Pier Street',
    timeZone: 'america/chicago', // known as America/Chicago
    name: 'Ada',
    email: 'ada@example.org',
    password: passwordOf('ada'),
  });

  it('is set up by the newest link, one time, within a day', async () => {
    const link = world.get(SetUpLink);
    const older = tokenIn((await link.renew('http://localhost'))!);
    const expired = tokenIn((await link.renew('http://localhost'))!);
    expect((await send('POST', '/api/set-up', setUpInput(older))).body).toMatchObject({ code: 'LINK_NOT_VALID' });
    world.clock.advanceDays(1);
    expect((await send('POST', '/api/set-up', setUpInput(expired))).status).toBe(404);
    const token = tokenIn((await link.renew('http://localhost'))!);
    expect((await send('POST', '/api/set-up', { ...setUpInput(token), timeZone: 'Mars/Olympus' })).body).toMatchObject({ fields: ['timeZone'] });
    for (const field of ['organisation', 'site', 'name']) {
      expect((await send('POST', '/api/set-up', { ...setUpInput(token), [field]: 'A\u202eB' })).body).toMatchObject({ code: 'INVALID_INPUT', fields: [field] });
    }
    expect((await send('POST', '/api/set-up', { ...setUpInput(token), password: 'Harbor Volunteers 2027!' })).body).toMatchObject({ fields: ['password'] });
    const second = { name: 'Bea', email: 'ADA@example.org' };
    for (const [wrong, field] of [[second, 'second.email'], [{ ...second, email: 'bea' }, 'second.email'], [{ name: ' ', email: 'bea@example.org' }, 'second.name'], [{ email: 'bea@example.org' }, 'second.name'], ['bea', 'second'], [null, 'second']] as const) {
      expect((await send('POST', '/api/set-up', { ...setUpInput(token), second: wrong })).body).toMatchObject({ code: 'INVALID_INPUT', fields: expect.arrayContaining([field]) });
    }
    const both = await Promise.all([send('POST', '/api/set-up', setUpInput(token)), send('POST', '/api/set-up', setUpInput(token))]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 404]);
    expect(await link.renew('http://localhost')).toBeUndefined();
    expect((await send('POST', '/api/set-up', setUpInput(token))).status).toBe(404);
    expect(await world.databases.recordsOwner('SELECT FROM set_up_link')).toHaveLength(0);
    for (const kind of ['organisation.created', 'site.created', 'member.joined']) expect(await world.entries(kind)).toHaveLength(1);
  });

  it('signs in with the members of the contract and nothing else', async () => {
    const body = await signIn('ada');
    expect(body).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/), member: { id: expect.any(String), role: 'administrator', siteId: expect.any(String), organisationWide: true, name: 'Ada' } });
    const wrong = await send('POST', '/api/sign-in', { email: 'ada@example.org', password: 'something else entirely' });
    expect(wrong).toEqual({ status: 401, body: { code: 'SIGN_IN_FAILED', message: expect.any(String) } });
    expect((await send('POST', '/api/sign-in', { email: 'ada@example.org', password: 'x', admin: true })).body).toMatchObject({ code: 'INVALID_INPUT', fields: ['admin'] });
    expect((await send('POST', '/api/sign-in', { email: ['ada@example.org'], password: {} })).status).toBe(422);
  });

  it('invites, joins and admits', async () => {
    for (const name of ['fern', 'sam']) {
      const invitation = await send('POST', '/api/invitations', { name, email: `${name}@example.org`, role: 'preparer' }, 'ada');
      expect(invitation).toMatchObject({ status: 201, body: { id: expect.any(String), expiresAt: expect.any(String) } });
      const joined = await send('POST', '/api/join', { token: tokenIn(invitation.body.link), password: passwordOf(name) });
      expect(joined).toMatchObject({ status: 201, body: { member: { role: 'preparer', name } } });
      await signIn(name);
    }
    const forged = { name: 'Fern\nadmitted', email: 'forged@example.org', role: 'preparer' };
    expect(await send('POST', '/api/invitations', forged, 'ada')).toMatchObject({ status: 422, body: { fields: ['name'] } });
    const seen = (await send('GET', '/api/members', undefined, 'fern')).body.members as { id: string; name: string; status: string; words?: string[] }[];
    const sam = seen.find(({ name }) => name === 'sam')!;
    expect(sam).toMatchObject({ status: 'waiting', words: expect.any(Array) });
    expect((await send('GET', '/api/members', undefined, 'sam')).body.ownWords).toEqual(sam.words);
    expect((await send('POST', `/api/members/${sam.id}/admit`, { words: sam.words!.join(' ') }, 'ada')).status).toBe(403);
    expect((await send('POST', `/api/members/${sam.id}/admit`, { words: 'not those words at all here' }, 'fern')).body).toMatchObject({ fields: ['words'] });
    expect((await send('POST', `/api/members/${sam.id}/admit`, { words: sam.words!.join(' ') }, 'fern')).status).toBe(204);
    expect((await send('POST', `/api/members/no-id/admit`, { words: 'x' }, 'fern')).status).toBe(404);
    expect((await send('POST', `/api/members/${sam.id}/disable`, {}, 'ada'))).toEqual({ status: 200, body: { leaving: 'erased' } });
    expect((await send('GET', '/api/members', undefined, 'sam')).status).toBe(401);
  });

  it('takes back an invitation that nobody has used, once', async () => {
    const invitation = await send('POST', '/api/invitations', { name: 'tess', email: 'tess@example.org', role: 'auditor' }, 'ada');
    const at = `/api/invitations/${invitation.body.id}/withdraw`;
    expect((await send('POST', at, {}, 'fern')).body).toMatchObject({ code: 'FORBIDDEN' });
    expect(await send('POST', at, undefined, 'ada')).toEqual({ status: 204, body: undefined });
    expect((await send('POST', '/api/join', { token: tokenIn(invitation.body.link), password: passwordOf('tess') })).body).toMatchObject({ code: 'LINK_NOT_VALID' });
    for (const path of [at, '/api/invitations/no-id/withdraw']) expect((await send('POST', path, {}, 'ada')).body).toMatchObject({ code: 'NOT_FOUND' });
    const [used] = await world.databases.recordsOwner<{ id: string }>(`SELECT id FROM invitation WHERE email = 'fern@example.org'`);
    expect(await send('POST', `/api/invitations/${used!.id}/withdraw`, {}, 'ada')).toMatchObject({ status: 409, body: { code: 'ALREADY_DONE' } });
    expect((await world.entries('member.uninvited')).map(({ subject }) => subject['invitation'])).toEqual([invitation.body.id]);
  });

  it('changes settings of the site, with notice, and logs their names', async () => {
    expect((await send('GET', '/api/site', undefined, 'fern')).body).toMatchObject({ name: 'Pier Street', collectCredentials: false, seasonEnd: null });
    expect((await send('PATCH', '/api/site', { collectCredentials: true }, 'fern')).status).toBe(403);
    const changed = await send('PATCH', '/api/site', { collectCredentials: true, seasonEnd: '2027-04-30' }, 'ada');
    expect(changed).toMatchObject({ status: 200, body: { collectCredentials: true, seasonEnd: '2027-04-30', collectNotes: false } });
    expect((await world.entries('site.changed')).at(-1)!.context).toEqual({
      settings: ['collectCredentials', 'seasonEnd'],
      rules: { timeZone: 'America/Chicago', seasonEnd: '2027-04-30' },
    });
    const refused: [object, string][] = [
      [{ seasonEnd: '2027-02-20' }, 'seasonEnd'],
      [{ seasonEnd: '2029-01-01' }, 'seasonEnd'],
      [{ seasonEnd: '2027-02-30' }, 'seasonEnd'],
      [{ collectDocuments: true }, 'collectDocuments'],
      [{ collectNotes: 'yes' }, 'collectNotes'],
      [{ collectNotes: null }, 'collectNotes'],
      [{ timeZone: '+05:00' }, 'timeZone'],
      [{ name: '  ' }, 'name'],
      [{ name: 'Pier\nStreet' }, 'name'],
      [{ regime: 'volunteer' }, 'regime'],
    ];
    for (const [change, field] of refused) {
      expect(await send('PATCH', '/api/site', { ...change, collectCredentials: false }, 'ada')).toMatchObject({ status: 422, body: { fields: [field] } });
    }
    expect((await send('PATCH', '/api/site', { seasonEnd: null }, 'ada')).body).toMatchObject({ seasonEnd: null, collectCredentials: true });
    const entries = (await world.entries('site.changed')).length;
    await send('PATCH', '/api/site', { collectCredentials: true }, 'ada');
    expect(await world.entries('site.changed')).toHaveLength(entries);
  });

  it('signs out', async () => {
    expect((await send('POST', '/api/sign-out', {}, 'ada')).status).toBe(204);
    expect((await send('POST', '/api/sign-out', {}, 'ada')).body).toMatchObject({ code: 'SIGNED_OUT' });
  });
});
