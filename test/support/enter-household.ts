import type { Page } from 'playwright-core';
import type { WebVisitor } from './web-visitor.js';

type Values = Readonly<Record<string, unknown>>;

/** Somebody who sits at the web form: in a browser, or over HTTP as a browser sends it. */
export interface Typist {
  readonly path: string;
  open(path: string): Promise<unknown>;
  names(): Promise<readonly string[]>;
  fill(name: string, value: string): Promise<unknown>;
  /** The first button of the page's form. */
  save(): Promise<unknown>;
}

/** More pages than any intake has: whoever turns that many walks in a circle. */
const MOST_PAGES = 60;

/**
 * Starts an intake and types a household page by page, in the order in which the pages lead on.
 * @returns its id, and the names of answers for which no page had a control
 */
export async function enterHousehold(typist: Typist, answers: Values): Promise<{ readonly id: string; readonly untyped: readonly string[] }> {
  const left = controlsOf(answers);
  await typist.open('/intakes/new');
  await typist.fill('taxYear', '2026');
  await typist.save();
  const [path, id] = /^\/intakes\/([0-9a-f-]{36})/.exec(typist.path)!;
  for (let pages = 0; !isAt(typist, `${path}/review`); pages++) {
    if (pages > MOST_PAGES) throw new Error('the pages do not lead to the review');
    await fillPage(typist, left);
  }
  return { id: id!, untyped: [...left.keys()] };
}

async function fillPage(typist: Typist, left: Map<string, string>): Promise<void> {
  for (const name of new Set(await typist.names())) {
    const value = left.get(name);
    if (value === undefined) continue;
    await typist.fill(name, value);
    left.delete(name);
  }
  await typist.save();
}

function isAt({ path }: Typist, page: string): boolean {
  return path.split('?')[0] === page;
}

/** What is to be typed into which control: dates in three parts, yes and no by name. */
export function controlsOf(answers: Values): Map<string, string> {
  return new Map(Object.entries(answers).flatMap(([name, value]) => controlsAt(name, value)));
}

function controlsAt(name: string, value: unknown): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((one, at) => controlsAt(`${name}.${at}`, one));
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, inside]) => controlsAt(`${name}.${key}`, inside));
  if (typeof value === 'boolean') return [[name, value ? 'yes' : 'no']];
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(value)) ?? [];
  if (year === undefined) return [[name, String(value)]];
  return [[`${name}.month`, String(Number(month))], [`${name}.day`, String(Number(day))], [`${name}.year`, year]];
}

export function overHttp(visitor: WebVisitor): Typist {
  return {
    get path() {
      return visitor.path;
    },
    open: (path) => visitor.open(path),
    names: async () => visitor.form.names,
    fill: async (name, value) => visitor.form.fill(name, value),
    save: () => visitor.press(visitor.form),
  };
}

export function inBrowser(page: Page, url: string): Typist {
  return {
    get path() {
      return page.url().slice(url.length);
    },
    open: (path) => page.goto(url + path),
    names: () => page.locator('main form [name]').evaluateAll((controls) => controls.map((control) => control.getAttribute('name')!)),
    fill: async (name, value) => {
      const folded = page.locator('details.tf-person:not([open])').filter({ has: page.locator(`[name="${name}"]`) });
      if (name.startsWith('household.') && (await folded.count()) > 0) await folded.locator('> summary').click();
      const control = page.locator(`main form [name="${name}"]`);
      const kind = await control.first().evaluate((element) => (element as { type?: string }).type);
      if (kind === 'radio') await page.locator(`main form [name="${name}"][value="${value}"] + label`).click();
      else if (kind === 'select-one') await control.selectOption(value);
      else await control.fill(value);
    },
    save: () => page.locator('main form button[type=submit]').first().click(),
  };
}
