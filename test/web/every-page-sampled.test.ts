import { readdirSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { packageRoot } from '../../src/web/http/package-root.js';
import { PARTS } from './pages-in-a-browser.js';
import { SAMPLES } from './sample-pages.js';

it('every page is among the samples, and every part of them is looked at', () => {
  const components = readdirSync(`${packageRoot()}/src/web/pages`).filter((file) => file.endsWith('-page.tsx'));
  const sampled = new Set(SAMPLES.map(({ name }) => `${name.split(' ')[0]}-page.tsx`));
  expect(components.filter((file) => !sampled.has(file))).toEqual([]);
  expect(readdirSync(import.meta.dirname).filter((file) => file.startsWith('pages-accessible-'))).toHaveLength(PARTS);
});
