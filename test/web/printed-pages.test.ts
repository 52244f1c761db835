import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { PREPARER } from './sample-intake.js';
import { SampleServer } from './sample-server.js';

/** What somebody takes home, files, or hands to a court. */
const FOR_PAPER = ['review', 'review of an ended intake', 'certificate', 'preparer-list', 'kept-consents', 'erasure-receipt', 'erasure-receipt destroyed', 'erasure-receipt of what is kept'] as const;
/** CSS pixels between the margins of the style sheet, 16 mm each, of Letter and of A4. */
const PAPERS = [695, 672] as const;

const WIDER_THAN_PAPER = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
/** Texts that paper would cut off, since nobody can scroll it. */
const CUT_OFF = `[...document.querySelectorAll('main :not(.usa-sr-only)')].filter((element) => {
  const { display, overflowX, overflowY } = getComputedStyle(element);
  if (display === 'inline' || element.getClientRects().length === 0) return false;
  return (overflowX !== 'visible' && element.scrollWidth > element.clientWidth) || (overflowY !== 'visible' && element.scrollHeight > element.clientHeight);
}).map(({ className }) => className)`;
/** What leads somewhere, or can be pressed: all but a name, a number or what is still missing, which say something on paper too. */
const FOR_THE_SCREEN = `[...document.querySelectorAll('header, footer, nav, button, a[href]:not(:is(dd, th, td, [aria-labelledby=missing]) a)')].filter((one) => one.checkVisibility()).map(({ outerHTML }) => outerHTML)`;

describe('a page for paper', () => {
  let server: SampleServer;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([SampleServer.start(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it.each(FOR_PAPER)('is whole on it, and without what is for the screen: %s', async (name) => {
    for (const language of ['en', 'es'] as const) {
      const page = await browser.newPage();
      await page.goto(server.addressOf(name, language));
      expect(await page.evaluate(FOR_THE_SCREEN)).not.toEqual([]);
      await page.emulateMedia({ media: 'print' });
      for (const width of PAPERS) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate(WIDER_THAN_PAPER)).toBeLessThanOrEqual(0);
        expect(await page.evaluate(CUT_OFF)).toEqual([]);
        expect(await page.evaluate(FOR_THE_SCREEN)).toEqual([]);
        expect(await page.evaluate('document.querySelector("h1").checkVisibility()')).toBe(true);
      }
      await page.close();
    }
  });

  it('says where and when it was printed, which the screen says elsewhere', async () => {
    const page = await browser.newPage();
    await page.goto(server.addressOf('review', 'en'));
    const said = page.locator('.tf-print-only');
    expect(await said.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await said.innerText()).toBe(`${PREPARER.member!.siteName} · April 15, 2027`);
    await page.close();
  });
});
