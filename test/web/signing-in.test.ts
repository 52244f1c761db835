import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../src/access/signed-in.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { PageClient } from './page-client.js';

/** Getting in and out through the pages, as a browser does. */
describe('signing in through the pages', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.stop());

  const visitor = () => new PageClient(service.url);
  const member = (role: Role) => service.members.find((one) => one.role === role)!;

  it.each([['preparer', '/intakes'], ['administrator', '/members'], ['auditor', '/entries']] as const)('leads the %s to %s', async (role, start) => {
    const client = visitor();
    expect(await client.get('/')).toMatchObject({ status: 303, location: '/sign-in' });
    const answer = await client.signIn(member(role));
    expect(answer).toMatchObject({ status: 303, location: '/' });
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-thinfile=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/)]);
    expect(await client.get('/')).toMatchObject({ status: 303, location: start });
    const page = await client.get(start);
    expect(page.status).toBe(200);
    expect(page.html).toContain(member(role).name);
    expect(await client.get('/sign-in')).toMatchObject({ status: 303, location: '/' });
  });

  it('says the same of a wrong password and of an unknown account, and shows no password again', async () => {
    const client = visitor();
    const wrong = await client.signIn({ email: member('auditor').email, password: 'SECRET-not-the-password' });
    const unknown = await client.signIn({ email: 'nobody@example.org', password: 'SECRET-not-the-password' });
    for (const { status, html, headers } of [wrong, unknown]) {
      expect(status).toBe(401);
      expect(html).toContain('do not go together');
      expect(html).not.toContain('SECRET');
      expect(headers.getSetCookie()).toEqual([]);
    }
    expect(wrong.html).toContain(`value="${member('auditor').email}"`);
    expect(wrong.html.replace(member('auditor').email, 'nobody@example.org')).toBe(unknown.html);
    expect(service.said.join()).not.toContain('SECRET');
  });

  it('shows what was typed harmlessly', async () => {
    const { html } = await visitor().signIn({ email: '"><script>alert(1)</script>', password: 'x' });
    expect(html).toContain('&lt;script');
    expect(html).not.toContain('<script');
  });

  it('ends with the sign-out, which takes along what the browser kept', async () => {
    const client = visitor();
    await client.signIn(member('preparer'));
    const [token] = [...client.cookies.values()];
    const answer = await client.post('/sign-out', {});
    expect(answer).toMatchObject({ status: 303, location: '/sign-in?said=signed-out' });
    expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect(client.cookies.size).toBe(0);
    expect((await client.get('/sign-in?said=signed-out')).html).toContain('You have signed out.');
    client.cookies.set('__Host-thinfile', token!);
    expect(await client.get('/members')).toMatchObject({ status: 303, location: '/sign-in?said=timed-out' });
    expect((await client.get('/sign-in?said=timed-out')).html).toContain('You are no longer signed in');
  });

  it('ends the session that the browser still had', async () => {
    const client = visitor();
    await client.signIn(member('auditor'));
    const [before] = [...client.cookies.values()];
    await client.signIn(member('administrator'));
    client.cookies.set('__Host-thinfile', before!);
    expect((await client.get('/entries')).location).toBe('/sign-in?said=timed-out');
  });

  it('is refused to a form of another site, or without its hidden value, or with a name sent twice', async () => {
    const client = visitor();
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect((await client.post('/sign-in', member('preparer') as never, foreign)).status).toBe(403);
    expect((await client.post('/language', { language: 'es', returnTo: '/policy' }, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await client.post('/sign-in', new URLSearchParams('email=a%40example.org&email=b%40example.org&password=x'))).status).toBe(400);
    await client.signIn(member('administrator'));
    expect((await client.post('/sign-out', {}, foreign)).status).toBe(403);
    expect((await client.post('/sign-out', {}, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await client.post('/sign-out', {}, {})).status).toBe(403);
    expect((await client.post('/sign-out', { _csrf: 'A'.repeat(43) })).status).toBe(403);
    expect((await client.get('/members')).status).toBe(200);
  });

  it('speaks the chosen language from then on, and is led nowhere else by the switch', async () => {
    const client = visitor();
    expect((await client.get('/policy')).html).toContain('<html lang="en">');
    expect(await client.post('/language', { language: 'es', returnTo: '/policy' })).toMatchObject({ status: 303, location: '/policy' });
    expect((await client.get('/policy')).html).toContain('<html lang="es">');
    for (const returnTo of ['//evil.example', '/\\evil.example', 'https://evil.example', '']) {
      expect(await client.post('/language', { language: 'en', returnTo })).toMatchObject({ status: 303, location: '/' });
    }
    expect((await client.post('/language', { language: 'xx', returnTo: '/' })).status).toBe(400);
  });

  it('changes the own password, which ends the other sessions', async () => {
    const [first, second] = [visitor(), visitor()];
    const { email, password } = member('auditor');
    await first.signIn({ email, password });
    await second.signIn({ email, password });
    const next = 'tundra marmalade bicycle';
    const change = (fields: Record<string, string>) => first.post('/password', { current: password, password: next, passwordAgain: next, ...fields });
    for (const [fields, words] of [
      [{ passwordAgain: 'another' }, 'The two passwords are not the same'],
      [{ password: 'short', passwordAgain: 'short' }, 'Use at least 15 characters'],
      [{ password: 'password password password', passwordAgain: 'password password password' }, 'made of common words'],
      [{ current: 'not this one' }, 'not your current password'],
    ] as const) {
      const { status, html } = await change(fields);
      expect(status).toBe(422);
      expect(html).toContain(words);
      expect(html).not.toMatch(/type="password"[^>]*value="[^"]/);
    }
    expect(await change({})).toMatchObject({ status: 303, location: '/password?said=password-changed' });
    expect((await first.get('/entries')).status).toBe(200);
    expect((await second.get('/entries')).status).toBe(303);
    expect((await visitor().signIn({ email, password })).status).toBe(401);
    expect((await visitor().signIn({ email, password: next })).status).toBe(303);
  });
});
