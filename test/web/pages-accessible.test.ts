import { readdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import fastify, { type FastifyInstance } from 'fastify';
import { packageRoot } from '../../src/web/http/package-root.js';
import { sendSecurityHeaders } from '../../src/web/http/security-headers.js';
import { serveAssets } from '../../src/web/http/serve-assets.js';
import { renderPage } from '../../src/web/shell/render-page.js';
import { LANGUAGES } from '../../src/web/words/language.js';
import { launchBrowser } from '../support/browser.js';
import { SAMPLES } from './sample-pages.js';

/** A small phone and a laptop. */
const WIDTHS = [360, 1280];

describe('every page, in a browser', () => {
  let server: FastifyInstance;
  let origin: string;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    server = fastify();
    await sendSecurityHeaders(server, 'http://localhost');
    await serveAssets(server);
    server.get<{ Params: { language: 'en' | 'es'; at: string } }>('/sample/:language/:at', async (request, reply) => {
      const { shell, page, object } = SAMPLES[Number(request.params.at)]!;
      return reply.type('text/html').send(renderPage({ ...shell, language: request.params.language }, page, object));
    });
    await server.listen({ port: 0, host: 'localhost' });
    origin = `http://localhost:${(server.server.address() as { port: number }).port}`;
    browser = await launchBrowser();
    context = await browser.newContext();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('is among the samples', () => {
    const components = readdirSync(`${packageRoot()}/src/web/pages`).filter((file) => file.endsWith('-page.tsx'));
    const sampled = new Set(SAMPLES.map(({ name }) => `${name.split(' ')[0]}-page.tsx`));
    expect(components.filter((file) => !sampled.has(file))).toEqual([]);
  });

  it.each(SAMPLES.map(({ name }, at) => ({ name, at })))('$name is accessible, fits a phone and breaks no rule of its own policy', async ({ at }) => {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
    for (const language of LANGUAGES) {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(`${origin}/sample/${language}/${at}`);
        expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBeLessThanOrEqual(0);
        await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
        expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBeLessThanOrEqual(0);
        expect(await page.evaluate('new Set([...document.querySelectorAll("[id]")].map((element) => element.id)).size === document.querySelectorAll("[id]").length')).toBe(true);
        if (language === 'es' && width !== WIDTHS[0]) continue;
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
        expect(violations.map(({ id, nodes }) => `${language} ${width} ${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
      }
    }
    expect(complaints).toEqual([]);
    await page.close();
  });
});
