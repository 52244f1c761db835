import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { PageClient } from './page-client.js';

/** What a person sees of the list of steps and of the bar. */
const SEEN = `[...document.querySelectorAll('.tf-newest > div')].filter((piece) => piece.checkVisibility()).map((piece) => [
  piece.querySelector('[aria-current]')?.textContent ?? '', piece.querySelector('progress')?.value ?? -1, piece.querySelector('strong').textContent])`;
const SWEEPING = 'Unreadable remains are swept away';

describe('a run that is watched', () => {
  let service: TestService;
  let browser: Browser;
  let client: PageClient;
  beforeAll(async () => {
    service = await startTestService();
    browser = await launchBrowser();
    client = new PageClient(service.url);
    await client.signIn(service.members.find(({ role }) => role === 'administrator')!);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  const records = (sql: string, parameters: unknown[]) => service.databases.recordsOwner(sql, parameters);
  const insertRun = async (): Promise<string> => {
    const id = randomUUID();
    await records(`INSERT INTO purge_run (id, started_at, trigger, state, step) VALUES ($1, now(), 'page', 'running', 'master')`, [id]);
    return id;
  };
  const moveOn = (id: string, step: string, done: number, state = 'running') =>
    records('UPDATE purge_run SET step = $2, done = $3, total = 5000, state = $4 WHERE id = $1', [id, step, done, state]);

  it('moves without a script, shows the newest alone, and ends with its certificate and the foot of the page', async () => {
    const id = await insertRun();
    const page = await open(`/runs/${id}`);
    expect(await page.locator('progress').count()).toBe(0);
    await page.getByRole('link', { name: 'Watch it go on' }).click({ noWaitAfter: true });
    await page.getByRole('link', { name: 'Stop watching' }).waitFor();
    await moveOn(id, 'sweep', 1200);
    await page.locator('.tf-newest progress[value="1200"]').waitFor();
    expect(await page.evaluate(SEEN)).toEqual([[SWEEPING, 1200, 'Running']]);
    await page.screenshot({ path: join(tmpdir(), 'thinfile-watched-run.png') });
    await moveOn(id, 'sweep', 4800);
    await page.locator('progress[value="4800"]').waitFor();
    expect(await page.evaluate(SEEN)).toEqual([[SWEEPING, 4800, 'Running']]);
    expect(await page.locator('footer').count()).toBe(0); // it has not come yet: the page goes on
    await moveOn(id, 'finished', 5000, 'finished');
    await page.waitForLoadState('load');
    expect(await page.evaluate(SEEN)).toEqual([['', 5000, 'Finished']]);
    expect(await page.getByRole('link', { name: 'Open the certificate' }).isVisible()).toBe(true);
    expect(await page.locator('footer').count()).toBe(1);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map((violation) => violation.id)).toEqual([]);
    await page.context().close();
  });

  it('does not move for whoever did not ask for it, nor once it is over', async () => {
    const id = await insertRun();
    expect((await client.get(`/runs/${id}`)).html).toContain(`href="/runs/${id}?watch=on"`);
    await moveOn(id, 'sweep', 1, 'failed');
    const over = (await client.get(`/runs/${id}?watch=on`)).html;
    expect(over).not.toContain(`href="/runs/${id}?watch=on"`);
    expect(over).not.toContain('<template>');
  });

  async function open(path: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 360, height: 900 } });
    const page = await context.newPage();
    const { email, password } = service.members.find(({ role }) => role === 'administrator')!;
    await page.goto(`${service.url}/sign-in`);
    await page.fill('input[name="email"]', email);
    await page.fill('input[name="password"]', password);
    await page.click('main button[type="submit"]');
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    await page.goto(`${service.url}${path}`);
    return page;
  }
});
