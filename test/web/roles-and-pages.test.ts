import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Role } from '../../src/access/signed-in.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { PageClient } from './page-client.js';

const NOBODY = randomUUID();

/** Who may open which page; everybody else is told so, on a page, with its status. */
const PAGES: readonly [path: string, roles: readonly Role[], status: number][] = [
  ['/members', ['preparer', 'administrator', 'auditor'], 200],
  ['/six-words', ['preparer', 'administrator', 'auditor'], 303],
  ['/approvals', ['preparer', 'administrator', 'auditor'], 200],
  [`/approvals/${NOBODY}`, ['preparer', 'administrator', 'auditor'], 404],
  ['/password', ['preparer', 'administrator', 'auditor'], 200],
  ['/settings', ['administrator'], 200],
  ['/runs', ['preparer', 'administrator', 'auditor'], 200],
  ['/policy/propose', ['administrator'], 200],
  [`/runs/${NOBODY}`, ['preparer', 'administrator', 'auditor'], 404],
  ['/runs/no-run', ['preparer', 'administrator', 'auditor'], 404],
  [`/runs/${NOBODY}/certificate`, ['preparer', 'administrator', 'auditor'], 404],
  [`/members/${NOBODY}/admit`, ['preparer'], 404],
  [`/members/${NOBODY}/disable`, ['administrator'], 404],
  [`/members/invitations/${NOBODY}/withdraw`, ['administrator'], 404],
  ['/restored', ['administrator', 'auditor'], 200],
  ['/entries', ['auditor'], 200],
  ['/entries/1234567', ['auditor'], 404],
  ['/findings', ['auditor'], 200],
  ['/findings/many-intakes.1', ['auditor'], 404],
  ['/verification', ['auditor'], 200],
];
const FORMS: readonly [path: string, roles: readonly Role[]][] = [
  ['/settings', ['administrator']],
  ['/runs', ['administrator']],
  ['/findings/many-intakes.1', ['auditor']],
  ['/verification', ['auditor']],
  ['/policy/propose', ['administrator']],
  ['/policy/proposals', ['administrator']],
  [`/approvals/${NOBODY}`, ['preparer', 'administrator', 'auditor']],
  ['/members/invitations', ['administrator']],
  [`/members/${NOBODY}/admit`, ['preparer']],
  [`/members/${NOBODY}/disable`, ['administrator']],
  [`/members/invitations/${NOBODY}/withdraw`, ['administrator']],
];

describe('a page is for the roles it is for', () => {
  let service: TestService;
  const clients = {} as Record<Role, PageClient>;
  beforeAll(async () => {
    service = await startTestService();
    for (const role of ['preparer', 'administrator', 'auditor'] as const) {
      clients[role] = new PageClient(service.url);
      await clients[role].signIn(service.members.find((one) => one.role === role)!);
    }
  });
  afterAll(() => service.stop());

  it.each(PAGES)('GET %s', async (path, roles, status) => {
    expect(await new PageClient(service.url).get(path)).toMatchObject({ status: 303, location: '/sign-in' });
    for (const [role, client] of Object.entries(clients)) {
      const answer = await client.get(path);
      expect([role, answer.status]).toEqual([role, roles.includes(role as Role) ? status : 403]);
      if (answer.status !== 303) expect(answer.html).toMatch(/^<!doctype html>.*<h1>/s);
    }
  });

  it.each(FORMS)('POST %s is refused to other roles, without its hidden value and from other sites', async (path, roles) => {
    expect((await new PageClient(service.url).post(path, {})).status).toBe(401);
    for (const [role, client] of Object.entries(clients)) {
      const isFor = roles.includes(role as Role);
      if (!isFor) expect([role, (await client.post(path, {})).status]).toEqual([role, 403]);
      expect((await client.post(path, { _csrf: '' })).status).toBe(403);
      expect((await client.post(path, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    }
  });

  it('keeps its navigation on pages that everybody may see, and on errors', async () => {
    for (const path of ['/policy', '/what-we-hold', '/nowhere']) {
      expect((await clients.auditor.get(path)).html).toContain('href="/entries"');
      expect((await new PageClient(service.url).get(path)).html).not.toContain('href="/entries"');
    }
    expect((await clients.auditor.get('/settings')).html).toContain('href="/entries"');
  });

  it('leads administrators and auditors to every list that they may open', async () => {
    const lists = PAGES.filter(([path, , status]) => status === 200 && !['/password', '/restored', '/policy/propose'].includes(path));
    for (const role of ['administrator', 'auditor'] as const) {
      const { html } = await clients[role].get('/policy');
      const [, navigation = ''] = /<nav class="tf-nav"(.*?)<\/nav>/s.exec(html) ?? [];
      for (const [path, roles] of lists) expect([role, path, navigation.includes(`href="${path}"`)]).toEqual([role, path, roles.includes(role)]);
    }
  });

  it('tells programs in JSON', async () => {
    const response = await fetch(`${service.url}/members`, { redirect: 'manual' });
    expect([response.status, await response.json()]).toEqual([401, expect.objectContaining({ code: 'SIGNED_OUT' })]);
    expect(Object.keys((await (await fetch(`${service.url}/openapi.json`)).json() as { paths: object }).paths)).not.toContain('/members');
  });
});
