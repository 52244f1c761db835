import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { csrfToken } from '../../src/access/cross-site.js';
import { assertEveryRouteDeclared, DeclaredRoutes } from '../../src/access/declared-routes.js';
import { isAllowed, PERMISSIONS } from '../../src/access/permissions.js';
import { Public, Requires, Who } from '../../src/access/requires.js';
import { SESSION_COOKIE, sessionCookie } from '../../src/access/session-token.js';
import { ROLES, type Role, type SignedIn } from '../../src/access/signed-in.js';
import { AccessWorld, type Person } from './access-world.js';

/** One route for each permission, by its name. */
const probes = PERMISSIONS.map((permission) => {
  @Controller(`probe/${permission}`)
  class ProbeController {
    @Get()
    @Requires(permission)
    probe(@Who() who: SignedIn) {
      return { member: who.memberId };
    }
  }
  return ProbeController;
});

@Controller('write')
class WriteController {
  @Post('of-the-site')
  @Requires('site.read')
  ofTheSite() {
    return {};
  }

  @Post('own')
  @Requires('own.password')
  own(@Body() body: unknown) {
    return body ?? {};
  }

  @Post('public')
  @Public('a probe of the tests, open to anyone')
  open() {
    return {};
  }
}

describe('the guard', () => {
  let world: AccessWorld;
  let ada: Person;
  const tokens = new Map<Role, string>();

  beforeAll(async () => {
    world = await AccessWorld.start([...probes, WriteController]);
    ada = await world.setUp();
    tokens.set('administrator', await world.token(ada));
    for (const role of ['preparer', 'auditor'] as const) tokens.set(role, await world.token(await world.join(ada, role, role)));
  });
  afterAll(() => world.stop());

  const get = (url: string, headers: Record<string, string> = {}) => world.app.inject({ method: 'GET', url, headers });
  const post = (url: string, headers: Record<string, string>, payload: string = '{}') =>
    world.app.inject({ method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, payload });
  const bearer = (role: Role) => ({ authorization: `Bearer ${tokens.get(role)!}` });
  const cookie = (role: Role) => ({ cookie: `other=1; ${SESSION_COOKIE}=${tokens.get(role)!}` });

  it('lets each role through to its permissions and to no other', async () => {
    for (const permission of PERMISSIONS) {
      for (const role of ROLES) {
        const { statusCode, json } = await get(`/probe/${permission}`, bearer(role));
        expect([permission, role, statusCode]).toEqual([permission, role, isAllowed({ role, organisationWide: role === 'administrator' }, permission) ? 200 : 403]);
        if (statusCode === 403) expect(json()).toMatchObject({ code: 'FORBIDDEN' });
      }
    }
  });

  it('keeps reading, destroying and checking apart', () => {
    const holders = (permission: (typeof PERMISSIONS)[number]) => ROLES.filter((role) => isAllowed({ role, organisationWide: false }, permission));
    for (const permission of ['intake.create', 'intake.read', 'intake.change', 'intake.search', 'member.admit'] as const) {
      expect(holders(permission)).toEqual(['preparer']);
    }
    expect(holders('retention.run')).toEqual(['administrator']);
    expect(holders('member.invite')).toEqual(['administrator']);
    expect(holders('audit.read')).toEqual(['auditor']);
  });

  it('logs who was refused what', async () => {
    await get('/probe/intake.read', bearer('auditor'));
    expect((await world.entries('access.refused')).at(-1)).toMatchObject({ actor: { role: 'auditor' }, context: { permission: 'intake.read' } });
  });

  it('sends away who is not signed in, in whatever way', async () => {
    const bad: Record<string, string>[] = [
      {},
      { authorization: 'Bearer nonsense' },
      { authorization: `Bearer ${'A'.repeat(43)}` },
      { authorization: `Basic ${tokens.get('auditor')!}`, ...cookie('auditor') },
      { cookie: `x${SESSION_COOKIE}=${tokens.get('auditor')!}` },
    ];
    for (const headers of bad) {
      const response = await get('/probe/audit.read', headers);
      expect([response.statusCode, response.json()]).toEqual([401, expect.objectContaining({ code: 'SIGNED_OUT' })]);
    }
    expect((await get('/probe/audit.read', cookie('auditor'))).statusCode).toBe(200);
  });

  it('takes a change by cookie only from our own pages', async () => {
    const from = async (headers: Record<string, string>) => (await post('/write/own', { host: 'localhost:3000', ...cookie('auditor'), ...headers })).statusCode;
    expect(await from({ 'sec-fetch-site': 'same-origin' })).toBe(201);
    expect(await from({ origin: 'http://localhost:3000' })).toBe(201);
    expect(await from({})).toBe(403);
    expect(await from({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await from({ 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' })).toBe(403);
    expect(await from({ origin: 'https://elsewhere.example' })).toBe(403);
    expect(await from({ origin: 'null' })).toBe(403);
    expect((await post('/write/own', { ...bearer('auditor'), 'sec-fetch-site': 'cross-site' })).statusCode).toBe(201);
  });

  it('takes a form only with its token', async () => {
    const headers = { ...cookie('auditor'), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' };
    const own = csrfToken((await world.find(tokens.get('auditor')!))!);
    const foreign = csrfToken((await world.find(tokens.get('preparer')!))!);
    expect((await post('/write/own', headers, 'a=1')).json()).toMatchObject({ code: 'CROSS_SITE_REQUEST' });
    expect((await post('/write/own', headers, `_csrf=${foreign}`)).statusCode).toBe(403);
    expect((await post('/write/own', headers, `_csrf=${own}`)).statusCode).toBe(201);
  });

  it('takes no form at a site that was opened at another one, save for what is one’s own', async () => {
    const who = (await world.find(tokens.get('auditor')!))!;
    const elsewhere = csrfToken({ ...who, siteId: '11111111-2222-4333-8444-555555555555' });
    const headers = { ...cookie('auditor'), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post('/write/of-the-site', headers, `_csrf=${csrfToken(who)}`)).statusCode).toBe(201);
    const refused = await post('/write/of-the-site', headers, `_csrf=${elsewhere}`);
    expect([refused.statusCode, refused.json()]).toEqual([409, expect.objectContaining({ code: 'SITE_CHANGED' })]);
    expect((await post('/write/own', headers, `_csrf=${elsewhere}`)).statusCode).toBe(201);
    const forged = `${who.siteId}-${elsewhere.slice(37)}`;
    for (const path of ['/write/of-the-site', '/write/own']) {
      expect((await post(path, headers, `_csrf=${forged}`)).json()).toMatchObject({ code: 'CROSS_SITE_REQUEST' });
    }
  });

  it('keeps other sites from signing their visitors in here', async () => {
    expect((await post('/write/public', { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await post('/write/public', { origin: 'https://elsewhere.example' })).statusCode).toBe(403);
    expect((await post('/write/public', { 'sec-fetch-site': 'same-origin' })).statusCode).toBe(201);
    expect((await post('/write/public', {})).statusCode).toBe(201);
  });

  it('sets a cookie that only this host gets, only over TLS, and no script', () => {
    expect(sessionCookie('t')).toBe('__Host-thinfile=t; Path=/; Secure; HttpOnly; SameSite=Strict');
  });
});

describe('a route that declares no access', () => {
  @Controller('silent')
  class SilentController {
    @Get('said')
    @Public('a probe of the tests, open to anyone')
    said() {
      return {};
    }

    @Get('unsaid')
    unsaid() {
      return {};
    }
  }

  @Module({ controllers: [SilentController] })
  class SilentModule {}

  it('keeps the service from starting', async () => {
    const module = await Test.createTestingModule({ imports: [SilentModule], providers: [DeclaredRoutes] }).compile();
    const app = module.createNestApplication(new FastifyAdapter(), { logger: false });
    await expect(app.init()).rejects.toThrow(/SilentController\.unsaid$/);
    expect(() => assertEveryRouteDeclared(app)).toThrow('SilentController.unsaid');
  });

  it('cannot be declared twice, nor be public without a reason', () => {
    const method = Object.getOwnPropertyDescriptor({ route() {} }, 'route')!;
    Requires('site.read')({}, 'route', method);
    expect(() => Public('a second thought about it')({}, 'route', method)).toThrow('twice');
    expect(() => Public(' ')).toThrow('reason');
  });
});
