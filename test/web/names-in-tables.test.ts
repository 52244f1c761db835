import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { LONG_MEMBER, MANY_WORDS } from './long-names.js';
import { SampleServer } from './sample-server.js';

/** Of the names in a table: the words that stand on more than one line. A hyphen is a place to break. */
const BROKEN = `[...document.querySelectorAll('td bdi')].flatMap((name) => {
  const text = name.firstChild;
  return [...text.data.matchAll(/[^ -]+/g)].flatMap((word) => {
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1 ? [word[0]] : [];
  });
})`;

describe('the name of a member in a table', () => {
  let server: SampleServer;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([SampleServer.start(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function brokenWords(name: string, width: number, language: 'en' | 'es'): Promise<unknown> {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.goto(server.addressOf(name, language));
    const broken = await page.evaluate(BROKEN);
    const names = await page.evaluate(`[...document.querySelectorAll('td bdi')].map(({ textContent }) => textContent)`);
    await page.close();
    return { broken, names: new Set(names as string[]) };
  }

  it.each([1280, 1024, 360])('wraps between its words on a page %i wide', async (width) => {
    for (const language of ['en', 'es'] as const) expect(await brokenWords('entries of many words', width, language)).toEqual({ broken: [], names: new Set([MANY_WORDS]) });
  });

  it('is broken only where one word of it is too long for any column', async () => {
    expect(await brokenWords('entries', 1280, 'en')).toEqual({ broken: Array(4).fill(LONG_MEMBER), names: new Set([LONG_MEMBER]) });
  });
});
