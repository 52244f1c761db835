import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestService, type TestService } from '../support/test-service.js';
import { PageClient, type PageAnswer } from './page-client.js';

/** An administrator of the whole organisation at two sites, in two windows of one browser. */
describe('the pages of several sites', () => {
  let service: TestService;
  let ada: PageClient;

  beforeAll(async () => {
    service = await startTestService();
    ada = new PageClient(service.url);
    await ada.signIn(service.members[1]!);
  });
  afterAll(() => service.stop());

  const buttonOf = ({ html }: PageAnswer, site: string) =>
    new RegExp(`name="siteId" value="([0-9a-f-]{36})"(?:(?!<form).)*> ${site}</span>`, 's').exec(html)?.[1];

  it('opens another site, under a name of its own', async () => {
    expect((await ada.get('/members')).html).toContain('href="/sites"');
    const refused = await ada.post('/sites', { name: 'test site', timeZone: 'Mars/Olympus' });
    expect([refused.status, refused.html]).toEqual([422, expect.stringContaining('America/New_York')]);
    const taken = await ada.post('/sites', { name: 'test site', timeZone: 'America/Denver' });
    expect([taken.status, taken.html]).toEqual([422, expect.stringContaining('a site of this name already')]);
    const listed = await ada.postAndFollow('/sites', { name: 'Elm Street', timeZone: 'America/Denver' });
    expect(listed.html).toContain('You work here');
    expect(buttonOf(listed, 'Test Site')).toBeUndefined();
    expect(buttonOf(listed, 'Elm Street')).toBeDefined();
  });

  it('works there, and takes no form of the site it left', async () => {
    const [form] = /name="_csrf" value="[^"]+"/.exec((await ada.get('/settings')).html)!;
    const _csrf = /value="([^"]+)"/.exec(form)![1]!;
    const siteId = buttonOf(await ada.get('/sites'), 'Elm Street')!;
    expect((await ada.postAndFollow('/sites/work', { siteId })).location).toBe('/members');
    expect((await ada.get('/settings')).html).toContain('value="Elm Street"');
    const stale = await ada.post('/settings', { _csrf, name: 'Of the other window', timeZone: 'America/Denver' });
    expect([stale.status, stale.html]).toEqual([409, expect.stringContaining('You work at another site now')]);
    const names = await service.databases.recordsOwner<{ name: string }>('SELECT name FROM site ORDER BY arrival');
    expect(names.map(({ name }) => name)).toEqual(['Test Site', 'Elm Street']);
    expect((await ada.post('/settings', { name: 'Elm Street Library', timeZone: 'America/Denver' })).status).toBe(303);
  });

  it('goes back from the old window too, and signs out there', async () => {
    const other = new PageClient(service.url);
    for (const [name, value] of ada.cookies) other.cookies.set(name, value);
    const old = /name="_csrf" value="([^"]+)"/.exec((await other.get('/sites')).html)![1]!;
    const first = buttonOf(await ada.get('/sites'), 'Test Site')!;
    expect((await ada.post('/sites/work', { siteId: first })).status).toBe(303);
    expect((await other.post('/sites/work', { _csrf: old, siteId: first })).status).toBe(303);
    expect((await other.post('/sign-out', { _csrf: old })).status).toBe(303);
    expect((await ada.get('/sites')).location).toBe('/sign-in?said=timed-out');
  });

  it('says what the members of one site see of another: how much was destroyed, and of how many it is due', async () => {
    const again = new PageClient(service.url);
    await again.signIn(service.members[1]!);
    expect((await again.get('/sites')).html).toContain('the members of every site see how much was destroyed and when, and no other site’s name.');
    const auditor = new PageClient(service.url);
    await auditor.signIn(service.members[2]!);
    const runs = (await auditor.get('/runs')).html;
    expect(runs).toContain('the numbers here are of all of them together.');
    expect(runs).not.toContain('Elm Street');
  });

  it('shows a site’s own members no other site', async () => {
    const auditor = new PageClient(service.url);
    await auditor.signIn(service.members[2]!);
    expect((await auditor.get('/entries')).html).not.toContain('href="/sites"');
    expect((await auditor.get('/sites')).status).toBe(403);
    expect((await auditor.post('/sites/work', { siteId: '11111111-2222-4333-8444-555555555555' })).status).toBe(403);
  });

  it('publishes the policy of each site', async () => {
    const stranger = new PageClient(service.url);
    const policy = await stranger.get('/policy');
    expect(policy.html).toContain('<bdi>Test Site</bdi>.');
    expect(policy.html).toContain('href="/policy?site=Elm%20Street%20Library"');
    expect((await stranger.get('/policy?site=Elm%20Street%20Library')).html).toContain('<bdi>Elm Street Library</bdi>.');
    expect((await stranger.get('/what-we-hold?site=nowhere')).status).toBe(404);
  });
});
