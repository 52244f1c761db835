import { describe, expect, it } from '@jest/globals';
import { renderPage } from '../../src/web/shell/render-page.js';
import { signInPage } from '../../src/web/pages/sign-in-page.js';
import { chooseLanguage } from '../../src/web/http/choose-language.js';
import { NOBODY, PREPARER } from './sample-intake.js';
import { SAMPLES } from './sample-pages.js';

describe('the document around every page', () => {
  it.each(SAMPLES.map((sample) => ({ sample, name: sample.name })))('is whole, without scripts or styles of its own: $name', ({ sample: { shell, page, object } }) => {
    const html = renderPage(shell, page, object);
    expect(html).toMatch(/^<!doctype html><html lang="en">/);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('href="#main-content"');
    expect(html).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=/i);
    expect([...html.matchAll(/<link [^>]*href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      expect.stringMatching(/^\/assets\/uswds\/[\d.]+\/css\/uswds\.min\.css$/),
      expect.stringMatching(/^\/assets\/thinfile\/[0-9a-f]{12}\/thinfile\.css$/),
    ]);
  });

  it('carries the session’s value in every form that posts while somebody is signed in', () => {
    for (const { shell, page, object } of SAMPLES.filter(({ shell: { csrf } }) => csrf !== undefined)) {
      const forms = renderPage(shell, page, object).split('<form').slice(1).filter((form) => form.includes('method="post"'));
      for (const form of forms) expect(form).toMatch(/^[^>]*><input type="hidden" name="_csrf" value="sample-csrf-value"/);
    }
  });

  it('keeps names and answers out of the title, which stays in the browser’s history', () => {
    for (const { shell, page, object } of SAMPLES) {
      const [, title] = /<title>(.*?)<\/title>/.exec(renderPage(shell, page, object)) ?? [];
      expect(title).not.toMatch(/Thảo|Nguyễn|Minh|Whitfield/);
    }
  });

  it('asks the browser to forget what is typed about clients', () => {
    for (const { shell, page, object } of SAMPLES.filter(({ name }) => name.startsWith('topic') || name === 'person')) {
      const controls = renderPage(shell, page, object).match(/<(?:input|select|textarea)\b[^>]*\bname="[A-Za-z]+\.[^>]*>/g) ?? [];
      expect(controls.length).toBeGreaterThan(0);
      for (const control of controls) expect(control).toContain('autocomplete="off"');
    }
  });

  it('says first in the title that something is wrong', () => {
    expect(renderPage(NOBODY, signInPage, { refusal: 'failed' })).toContain('<title>Error: Sign in - Thinfile</title>');
  });

  it('never shows a password again', () => {
    for (const { shell, page, object } of SAMPLES) {
      const fields = renderPage(shell, page, object).match(/<input[^>]*type="password"[^>]*>/g) ?? [];
      for (const field of fields) expect(field).not.toMatch(/value="[^"]+"/);
    }
  });

  it('leads an administrator nowhere near intakes', () => {
    const shell = { ...PREPARER, member: { ...PREPARER.member!, role: 'administrator' as const } };
    expect(renderPage(shell, signInPage, {})).not.toContain('href="/intakes"');
  });

  it('offers the other language under its own name, by POST', () => {
    const html = renderPage({ ...NOBODY, language: 'es' }, signInPage, {});
    expect(html).toContain('<html lang="es">');
    expect(html).toMatch(/<form[^>]*method="post"[^>]*action="\/language"/);
    expect(html).toMatch(/<button[^>]*value="en"[^>]*lang="en"[^>]*>English</);
    expect(html).not.toContain('?lang');
  });
});

describe('chooseLanguage', () => {
  it.each([
    ['es', 'en-US,en;q=0.9', 'es'],
    [undefined, 'es-MX,es;q=0.9,en;q=0.8', 'es'],
    [undefined, 'vi,fr;q=0.8', 'en'],
    ['xx', undefined, 'en'],
    ['__proto__', '', 'en'],
  ])('with the cookie %s and the list %s is %s', (cookie, list, expected) => {
    expect(chooseLanguage(cookie, list)).toBe(expected);
  });
});
