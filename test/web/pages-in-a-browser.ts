import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page as BrowserPage } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { SAMPLES } from './sample-pages.js';
import { SampleServer } from './sample-server.js';

/** CSS pixels: a small phone and a laptop. */
const PHONE = 360;
const LAPTOP = 1280;
const VIEWS = [
  { language: 'en', width: PHONE, axe: true },
  { language: 'en', width: LAPTOP, axe: true },
  { language: 'es', width: PHONE, axe: false },
  { language: 'es', width: LAPTOP, axe: false },
] as const;

const SIDEWAYS_SCROLL = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const OPEN_EVERYTHING = "document.querySelectorAll('details').forEach((details) => { details.open = true; })";
const IDS_TWICE = "[...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, at, all) => all.indexOf(id) !== at)";

/** All samples, in so many test files, since a browser takes its time with each. */
export const PARTS = 3;

/** @param part of them, from 0 */
export function describePagesInABrowser(part: number): void {
  describe('every page, in a browser', () => {
    let server: SampleServer;
    let browser: Browser;
    let context: BrowserContext;

    beforeAll(async () => {
      [server, browser] = await Promise.all([SampleServer.start(), launchBrowser()]);
      context = await browser.newContext();
    });

    afterAll(async () => {
      await browser?.close();
      await server?.stop();
    });

    it.each(SAMPLES.map(({ name }) => name).filter((_, at) => at % PARTS === part))('%s is accessible, fits a phone and breaks no rule of its own policy', async (name) => {
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      // A picture for one width is given up when the window gets the other.
      page.on('requestfailed', (request) => request.failure()?.errorText !== 'net::ERR_ABORTED' && complaints.push(`failed: ${request.url()}`));
      for (const { language, width, axe } of VIEWS) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(server.addressOf(name, language));
        expect(await page.evaluate(SIDEWAYS_SCROLL)).toBeLessThanOrEqual(0);
        await page.evaluate(OPEN_EVERYTHING);
        expect(await page.evaluate(SIDEWAYS_SCROLL)).toBeLessThanOrEqual(0);
        expect(await page.evaluate(IDS_TWICE)).toEqual([]);
        if (axe && !isAnotherText(name, width)) expect(await violationsOn(page)).toEqual([]);
      }
      expect(complaints).toEqual([]);
      await page.close();
    });
  });
}

/** Errors differ in their words alone, and topics in their questions: one of the first and one width of the second will do. */
function isAnotherText(name: string, width: number): boolean {
  return (name.startsWith('error ') && name !== 'error 500') || (name.startsWith('topic ') && name !== 'topic you' && width !== PHONE);
}

async function violationsOn(page: BrowserPage): Promise<string[]> {
  // Our pages have no frames to gather from, so axe need not open a second page for each look, which takes as long again.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
