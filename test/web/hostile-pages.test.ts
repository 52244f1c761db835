import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { TOPICS } from '../../src/catalogue/topics.js';
import { launchBrowser } from '../support/browser.js';
import { HOSTILE_TEXTS } from '../support/hostile-texts.js';
import { startPagesWorld, type PagesWorld } from './pages-world.js';

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
  await world.service.api('administrator').patch('/api/site', { collectNotes: true });
});
afterAll(() => world.service.stop());

/** What a form can carry: a browser sends no half characters. */
const TEXTS = HOSTILE_TEXTS.filter(({ text }) => !/\p{Cs}|\0/u.test(text));

/** Each time other texts: in three rounds every page sees all of them, and every question several. */
function textAt(round: number, at: number, maxCharacters: number, takers: readonly string[]): string {
  const fitting = TEXTS.filter(({ text, takers: who }) => takers.includes(who) && [...text].length <= maxCharacters);
  return fitting[(round * 17 + at * 7) % fitting.length]!.text;
}

/** Of the twelve places of the household the first two are tried: the others are the same again. */
const isFar = (name: string): boolean => /^household\.(?:[2-9]|1\d)\./.test(name);

const isFree = (kind: string): boolean => kind === 'name' || kind === 'text' || kind === 'longText';

function fieldOf(name: string) {
  return catalogue.byPath(name.replace(/^household\.\d+\./, 'household.').replace(/\.(?:month|day|year)$/, ''));
}

/** Tags in their order with the names of their attributes: what a text must not change. */
function tagsOf(html: string): readonly string[] {
  const tags = html.replace(/="[^"]*"/g, '').matchAll(/<(\/?[a-z0-9!-]+)([^>]*)>/gi);
  return [...tags].map(([, tag = '', attributes = '']) => [tag, ...attributes.split(/\s+/)].join(' ').trim());
}

function formTags(html: string): readonly string[] {
  const start = html.indexOf('tf-questions');
  return tagsOf(html.slice(start, html.indexOf('</form>', start)));
}

const PAGES = TOPICS.map(({ id }) => id);
const LISTED = { name: 'Rui Example', taxpayerId: '900-00-5555', returnType: '1040', preparedBy: 'Priya Preparer' };

/** An intake that has this page: a preparer's list is there once the return is ready to be signed. */
async function begun(page: string): Promise<string> {
  const path = await world.started({ household: [{ firstName: 'Rui' }] });
  if (page === 'preparer-list') {
    await world.service.api('administrator').patch('/api/site', { regime: 'compensated' }).expect(200);
    await world.service.api('preparer').post(`/api${path}/stage`, { stage: 'prepared', preparerList: LISTED }).expect(200);
  }
  return path;
}

describe('what was typed into a page', () => {
  it.each(PAGES)('is stored as it was, and changes nothing of the page but its own text: %s', async (page) => {
    const path = await begun(page);
    const visitor = await world.as('preparer').open(`${path}/${page}`);
    const free = visitor.form.names.filter((name) => !isFar(name) && isFree(fieldOf(name)?.kind ?? ''));
    for (const name of free) visitor.form.fill(name, 'Benign');
    await visitor.press(visitor.form, 1);
    const benign = formTags((await visitor.open(`${path}/${page}`)).html);
    for (const round of [0, 1, 2]) {
      const typed = new Map(free.map((name, at) => [name, textAt(round, at, fieldOf(name)!.maxCharacters, fieldOf(name)!.kind === 'longText' ? ['texts', 'long texts'] : ['texts'])]));
      for (const [name, text] of typed) visitor.form.fill(name, text);
      await visitor.press(visitor.form, 1);
      expect([page, visitor.path]).toEqual([page, `${path}/review?said=saved`]);
      await visitor.open(`${path}/${page}`);
      for (const [name, text] of typed) expect([name, visitor.form.valueOf(name)]).toEqual([name, text.replace(/\r\n?/g, '\n')]);
      expect(formTags(visitor.html)).toEqual(benign);
    }
  });

  it.each(PAGES)('comes back as it was when it is refused, and nothing is saved: %s', async (page) => {
    const path = await begun(page);
    const { version } = (await world.service.api('preparer').get(`/api${path}`)).body;
    const visitor = await world.as('preparer').open(`${path}/${page}`);
    const open = visitor.form.names.filter((name) => !isFar(name) && fieldOf(name) !== undefined);
    const body = visitor.form.body();
    const wrong = new Map(open.map((name, at) => {
      const { kind } = fieldOf(name)!;
      return [name, isFree(kind) ? textAt(0, at, 4000, ['none']) : textAt(1, at, 128, ['texts'])] as const;
    }));
    for (const [name, text] of wrong) body.set(name, text);
    await visitor.send(`${path}/${page}`, body);
    expect([page, visitor.status]).toEqual([page, 422]);
    const typing = open.filter((name) => ['name', 'text', 'longText', 'email', 'phone', 'zip'].includes(fieldOf(name)!.kind));
    for (const name of typing) expect([name, visitor.form.valueOf(name)]).toEqual([name, wrong.get(name)!.replace(/\r\n?/g, '\n')]);
    expect(tagsOf(visitor.html).filter((tag) => /^(?:script|img|b|!--)\b|\son/.test(tag))).toEqual([]);
    expect((await world.service.api('preparer').get(`/api${path}`)).body.version).toBe(version);
  });

  it('is beside what somebody else stored, both harmless and neither lost', async () => {
    const [mine, theirs] = [`"'></td></table><script>alert(1)</script>\u202e`, `=1+1 <img src=x onerror=alert(2)>\u2067`];
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/you`);
    visitor.form.fill('taxpayer.jobTitle', mine);
    await world.patch(path, 1, { taxpayer: { jobTitle: theirs } });
    await visitor.press(visitor.form);
    expect(visitor.status).toBe(409);
    expect(visitor.form.valueOf('taxpayer.jobTitle')).toBe(mine);
    expect(visitor.html).not.toMatch(/<(?:script|img)\b/);
    expect(await world.stored(path)).toMatchObject({ taxpayer: { jobTitle: theirs } });
    await visitor.press(visitor.form);
    expect(await world.stored(path)).toMatchObject({ taxpayer: { jobTitle: mine } });
  });
});

describe('in a real browser', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.goto(`${world.service.url}/sign-in`);
    const { email, password } = world.service.members[0]!;
    await page.fill('[name="email"]', email);
    await page.fill('[name="password"]', password);
    await page.click('main button[type="submit"]');
  }, 120_000);
  afterAll(() => browser.close());

  it('every text is a text: nothing runs, nothing is added, and what stands beside it keeps its direction', async () => {
    const joined = TEXTS.filter(({ takers }) => takers !== 'none').map(({ text }) => text).join(' | ').slice(0, 3500);
    const name = `"'></bdi><script>alert(1)</script>\u202e${'ễ'.repeat(30)}`;
    const path = await world.started({ taxpayer: { firstName: name, lastName: `<b onclick=x>\u2067` }, household: [{ firstName: name }], notes: { text: joined } });
    const seen: string[] = [];
    page.on('dialog', () => void seen.push('dialog'));
    page.on('console', (message) => void seen.push(message.text()));
    await page.goto(`${world.service.url}${path}/notes`);
    expect(await page.inputValue('[name="notes.text"]')).toBe(joined.trim().replace(/\r\n?/g, '\n'));
    await page.goto(`${world.service.url}${path}/you`);
    expect(await page.inputValue('[name="taxpayer.firstName"]')).toBe(name);
    for (const at of ['', '/review', '/household', '/stage']) {
      await page.goto(`${world.service.url}${at === '' ? '/intakes' : path + at}`);
      const found = await page.evaluate((text) => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const holders: string[] = [];
        while (walker.nextNode()) if (walker.currentNode.textContent!.includes(text)) holders.push(walker.currentNode.parentElement!.closest('bdi,[dir="auto"]')?.tagName ?? 'NONE');
        return { holders, foreign: document.querySelectorAll('script,img,b,[onclick],[onerror],[onfocus],[style]').length };
      }, name);
      expect([at, found.foreign, found.holders.length > 0, found.holders.includes('NONE')]).toEqual([at, 0, true, false]);
    }
    expect(seen).toEqual([]);
  }, 180_000);
});
