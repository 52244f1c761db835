import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { TestClock } from '../support/test-clock.js';
import { startEmptyService, type EmptyService } from './empty-service.js';

const PASSWORDS = { ana: 'tundra marmalade bicycle', rosa: 'quilted lantern oysters', li: 'velvet compass harvest' } as const;
const HOSTILE_NAME = `Li "'><img src=x onerror=alert(1)> Wei`;

/**
 * A site's first members, as people do it, each at a browser of their own on a phone: the set-up link, invitations, joining,
 * six words, admission, leaving.
 */
describe('the first members of a site, in browsers', () => {
  let service: EmptyService;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  let ana: Page;
  let rosa: Page;
  let li: Page;

  beforeAll(async () => {
    service = await startEmptyService(new TestClock(new Date('2027-02-01T17:00:00Z')));
    browser = await launchBrowser();
    [ana, rosa, li] = [await person(), await person(), await person()];
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  async function person(): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
    contexts.push(context);
    return context.newPage();
  }
  const fill = async (page: Page, fields: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(fields)) await page.fill(`[name="${name}"]`, text);
  };
  const submit = (page: Page) => page.click('main form button[type="submit"]');
  const signIn = async (page: Page, email: string, password: string) => {
    await page.goto(`${service.url}/sign-in`);
    await fill(page, { email, password });
    await submit(page);
  };
  const pathOf = (page: Page) => page.url().slice(service.url.length);
  const row = (page: Page, email: string) => page.locator('tr', { hasText: email });

  async function warnedOfOneHolder(page: Page): Promise<boolean> {
    await page.goto(`${service.url}/members`);
    return (await page.textContent('main'))!.includes('Only one person can read this site’s answers');
  }

  async function invite(name: string, email: string): Promise<string> {
    await ana.goto(`${service.url}/members`);
    await fill(ana, { name, email });
    await ana.click('input[value="preparer"] + label');
    await submit(ana);
    return ana.inputValue('textarea');
  }

  it('sets the site up by the link, which then is used up', async () => {
    const link = service.url + (await service.setUpLink());
    await ana.goto(link);
    await fill(ana, { organisation: 'Harbor Volunteers', siteName: 'Elm Street Library', timeZone: 'Mars/Olympus', name: 'Ana Duarte', email: 'ana@example.org' });
    await fill(ana, { password: PASSWORDS.ana, passwordAgain: PASSWORDS.ana });
    await submit(ana);
    expect(await ana.textContent('#answer-timeZone-error')).toContain('America/New_York');
    expect(await ana.title()).toMatch(/^Error:/);
    expect(await ana.inputValue('[name="siteName"]')).toBe('Elm Street Library');
    expect(await ana.inputValue('[name="password"]')).toBe('');
    await fill(ana, { timeZone: 'America/Chicago', password: PASSWORDS.ana, passwordAgain: PASSWORDS.ana });
    await fill(ana, { secondName: 'Tomas Lindgren', secondEmail: 'Ana@example.org' });
    await submit(ana);
    expect(await ana.textContent('#answer-secondEmail-error')).toContain('another person');
    await fill(ana, { secondEmail: 'tomas@example.org', password: PASSWORDS.ana, passwordAgain: PASSWORDS.ana });
    await submit(ana);
    const second = await ana.inputValue('textarea');
    expect(await ana.textContent('main')).toMatch(/It runs out Feb \d+, 2027, 11:0\d AM CST/);
    expect((await rosa.goto(link))!.status()).toBe(404);
    await rosa.goto(second);
    expect(await rosa.inputValue('#invited-email')).toBe('tomas@example.org');
    await signIn(ana, 'ana@example.org', PASSWORDS.ana);
    expect(pathOf(ana)).toBe('/members');
  });

  it('invites the first preparer, who makes the key and needs nobody to let her in', async () => {
    const link = await invite('Rosa Whitfield', 'rosa@example.org');
    await rosa.goto(link);
    expect(await rosa.inputValue('#invited-email')).toBe('rosa@example.org');
    expect(await rosa.textContent('main')).toContain('Elm Street Library');
    await fill(rosa, { password: PASSWORDS.rosa, passwordAgain: `${PASSWORDS.rosa}!` });
    await submit(rosa);
    expect(await rosa.textContent('[role="alert"]')).toContain('not the same');
    await fill(rosa, { password: PASSWORDS.rosa, passwordAgain: PASSWORDS.rosa });
    await submit(rosa);
    expect(pathOf(rosa)).toBe('/sign-in?said=joined');
    expect((await li.goto(link))!.status()).toBe(404);
    await signIn(rosa, 'rosa@example.org', PASSWORDS.rosa);
    expect(pathOf(rosa)).toBe('/intakes');
    await rosa.goto(`${service.url}/six-words`);
    expect(pathOf(rosa)).toBe('/intakes');
    expect(await warnedOfOneHolder(ana)).toBe(true);
    expect(await warnedOfOneHolder(rosa)).toBe(false);
  });

  it('shows the next preparer six words wherever she goes, until they have been compared', async () => {
    await li.goto(await invite(HOSTILE_NAME, 'li@example.org'));
    expect(await li.textContent('main')).toContain(HOSTILE_NAME);
    await fill(li, { password: PASSWORDS.li, passwordAgain: PASSWORDS.li });
    await submit(li);
    await signIn(li, 'li@example.org', PASSWORDS.li);
    expect(pathOf(li)).toBe('/six-words');
    const words = await li.locator('.tf-six-words li').allTextContents();
    expect(words).toHaveLength(6);
    expect(await li.textContent('main')).toContain('Rosa Whitfield');

    await rosa.goto(`${service.url}/members`);
    expect(await row(rosa, 'rosa@example.org').textContent()).toContain('first preparer');
    expect(await rosa.locator('a[href$="/disable"]').count()).toBe(0);
    await row(rosa, 'li@example.org').locator('a').click();
    expect(await rosa.locator('.tf-six-words li').allTextContents()).toEqual(words);
    await submit(rosa);
    expect(await rosa.textContent('[role="alert"]')).toContain('choose one');
    await rosa.click('input[value="different"] + label');
    await submit(rosa);
    expect(await rosa.textContent('[role="alert"]')).toContain('do not admit them');
    await li.click('main a.usa-button');
    expect(pathOf(li)).toBe('/six-words');
  });

  it('admits nobody whose words have changed since they were compared', async () => {
    await rosa.click('input[value="same"] + label');
    const [other] = await service.databases.recordsOwner<{ public_key: Buffer }>(`SELECT public_key FROM member WHERE email = 'ana@example.org'`);
    const [own] = await service.databases.recordsOwner<{ public_key: Buffer }>(`SELECT public_key FROM member WHERE email = 'li@example.org'`);
    const put = (key: Buffer) => service.databases.recordsOwner(`UPDATE member SET public_key = $1 WHERE email = 'li@example.org'`, [key]);
    await put(other!.public_key);
    await submit(rosa);
    expect(await rosa.textContent('[role="alert"]')).toContain('words have changed');
    await put(own!.public_key);
    await li.click('main a.usa-button');
    expect(pathOf(li)).toBe('/six-words');
  });

  it('admits her once all six words are the same', async () => {
    await rosa.goto(`${service.url}/members`);
    await row(rosa, 'li@example.org').locator('a').click();
    await rosa.click('input[value="same"] + label');
    await submit(rosa);
    expect(pathOf(rosa)).toBe('/members?said=admitted');
    expect(await row(rosa, 'li@example.org').textContent()).toContain('admitted by Rosa Whitfield');
    await li.click('main a.usa-button');
    expect(pathOf(li)).toBe('/intakes');
  });

  it('lets the administrator end her access at once, after asking again', async () => {
    expect(await warnedOfOneHolder(ana)).toBe(false);
    expect(await row(ana, 'ana@example.org').locator('a').count()).toBe(0);
    await row(ana, 'li@example.org').locator('a').click();
    expect(await ana.textContent('main')).toContain(HOSTILE_NAME);
    expect(await ana.textContent('main')).not.toContain('last person');
    await submit(ana);
    expect(pathOf(ana)).toBe('/members?said=disabled');
    expect(await warnedOfOneHolder(ana)).toBe(true);
    await li.goto(`${service.url}/intakes`);
    expect(pathOf(li)).toBe('/sign-in?said=timed-out');
    await signIn(li, 'li@example.org', PASSWORDS.li);
    expect(await li.textContent('[role="alert"]')).toContain('do not go together');
    await row(ana, 'rosa@example.org').locator('a').click();
    expect(await ana.textContent('main')).toContain('last person');
  });
});
