import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { SESSION_COOKIE } from '../../src/access/session-token.js';
import { withoutCredentials } from '../../src/demo/without-credentials.js';
import { launchBrowser } from '../support/browser.js';
import { enterHousehold, inBrowser, overHttp, type Typist } from '../support/enter-household.js';
import { answersOf, type Household } from '../support/households.js';
import { runPurge } from '../support/run-purge.js';
import { itWithShared } from '../support/shared-inputs.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { WebVisitor } from '../support/web-visitor.js';

/** CSS pixels: a small phone. */
const PHONE = { width: 360, height: 800 };
const SHARED = 'households/direct-file.json';
const FIVE_MINUTES = 300_000;

const EVERYTHING = [
  ...['taxpayer', 'spouse', 'household', 'contact', 'address', 'situation', 'bank'],
  ...['taxpayer', 'spouse', 'household'].flatMap((group) => [`${group}.taxpayerId`, `${group}.identityProtectionPin`]),
].join(',');

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe.each([
  { name: 'where numbers are collected', credentials: true, byHand: 5 },
  { name: 'where they are not', credentials: false, byHand: 2 },
])('published households, typed into the web form $name', ({ credentials, byHand }) => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ credentials });
  });
  afterAll(() => service?.stop());

  const expected = (household: Household) => (credentials ? answersOf(household) : withoutCredentials(answersOf(household)));

  async function typeAndRead(typist: Typist, household: Household): Promise<string> {
    const { id, untyped } = await enterHousehold(typist, expected(household));
    const read = await service.api('preparer').get(`/api/intakes/${id}?fields=${EVERYTHING}`);
    expect({ scenario: household.scenario, untyped, status: read.status, answers: read.body.answers }).toEqual({
      scenario: household.scenario,
      untyped: [],
      status: 200,
      answers: expected(household),
    });
    return id;
  }

  itWithShared('come out equal, a few of them by hand on a phone', SHARED, async (file) => {
    const households = JSON.parse(readFileSync(file, 'utf8')) as Household[];
    const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false });
    await context.addCookies([sessionOf(service.members[0]!.token, service.url)]);
    for (const household of various(households, byHand)) await typeAndRead(inBrowser(await context.newPage(), service.url), household);
    await context.close();
  }, FIVE_MINUTES);

  itWithShared('come out equal, the others by the same forms', SHARED, async (file) => {
    const households = JSON.parse(readFileSync(file, 'utf8')) as Household[];
    const chosen = new Set(various(households, byHand));
    const others = households.filter((household) => !chosen.has(household));
    expect(others.length + chosen.size).toBe(39);
    for (const household of others) await typeAndRead(overHttp(new WebVisitor(service.url, service.members[0]!.token)), household);
  }, FIVE_MINUTES);
});

describe('a published household', () => {
  itWithShared('goes through its stages on the pages, and on its day the pages say that it is destroyed', SHARED, async (file) => {
    const [household] = JSON.parse(readFileSync(file, 'utf8')) as Household[];
    const service = await startTestService({ now: '2027-02-01' });
    try {
      const visitor = new WebVisitor(service.url, service.members[0]!.token);
      const { id } = await enterHousehold(overHttp(visitor), answersOf(household!));
      for (const stage of ['prepared', 'filed', 'accepted', 'done']) {
        await visitor.open(`/intakes/${id}/stage`);
        visitor.form.fill('stage', stage);
        await visitor.press(visitor.form);
        if (stage === 'done') await visitor.press(visitor.form);
        expect([visitor.status, visitor.path]).toEqual([200, `/intakes/${id}/stage?said=staged`]);
      }
      expect((await visitor.open(`/intakes/${id}/you`)).html).toContain('March 2, 2027');

      service.clock.advanceDays(3);
      const later = await signedInAgain(service);
      await later.open(`/intakes/${id}/numbers`);
      expect(later.status).toBe(410);
      expect(later.html).toContain('February 4, 2027');
      await later.follow('See what can still be read');
      expect([later.status, later.path]).toEqual([200, `/intakes/${id}/review`]);

      service.clock.advanceDays(27);
      expect(service.clock.today('America/New_York')).toBe('2027-03-03');
      expect((await runPurge(await service.signInAgain('administrator'))).state).toBe('finished');
      const last = await signedInAgain(service);
      for (const page of ['', '/you', '/review', '/household', '/numbers']) {
        await last.open(`/intakes/${id}${page}`);
        expect([page, last.status]).toEqual([page, 410]);
        expect(last.html).toContain('March 3, 2027');
        expect(last.html).not.toContain(String(household!.taxpayer['lastName']));
      }
      expect((await last.open('/intakes')).html).not.toContain(id);
    } finally {
      await service.stop();
    }
  }, FIVE_MINUTES);
});

/** The one with most people, then one of each marital status. */
function various(households: readonly Household[], most: number): readonly Household[] {
  const largest = households.reduce((a, b) => ((b.household?.length ?? 0) > (a.household?.length ?? 0) ? b : a));
  const one = (status: string) => households.filter(({ maritalStatus }) => maritalStatus === status).slice(0, 1);
  return [...new Set([largest, ...['married', 'single', 'divorced', 'widowed'].flatMap(one)])].slice(0, most);
}

async function signedInAgain(service: TestService): Promise<WebVisitor> {
  const { email, password } = service.members[0]!;
  const { body } = await service.api().post('/api/sign-in', { email, password });
  return new WebVisitor(service.url, body.token);
}

function sessionOf(token: string, url: string) {
  return { name: SESSION_COOKIE, value: token, domain: new URL(url).hostname, path: '/', secure: true, httpOnly: true, sameSite: 'Strict' as const };
}
