import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SentForm } from '../support/sent-form.js';
import { launchBrowser } from '../support/browser.js';
import { SESSION_COOKIE } from '../../src/access/session-token.js';
import { carryProblems, problemsCarried } from '../../src/web/http/carried-problems.js';
import { TestClock } from '../support/test-clock.js';
import { PageClient, type PageAnswer } from './page-client.js';
import { startEmptyService } from './empty-service.js';
import { startPagesWorld, type PagesWorld } from './pages-world.js';

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
});
afterAll(() => world.service.stop());

type Fields = Readonly<Record<string, string>>;

const at = { preparer: 0, administrator: 1, auditor: 2 } as const;

async function client(role?: keyof typeof at): Promise<PageClient> {
  const visitor = new PageClient(world.service.url);
  if (role) await visitor.signIn(world.service.members[at[role]]!);
  return visitor;
}

/** The form on this page that its language switch sends, as it stands. */
function typedForm({ html }: PageAnswer): SentForm {
  const action = /<form id="typed-form"[^>]*action="([^"]*)"/.exec(html)?.[1];
  return SentForm.allIn(html).find((form) => html.includes(`<form id="typed-form"`) && form.action === action)!;
}

/** Presses the button for the other language. @param form as it was filled in by then */
function inOther(visitor: PageClient, shown: PageAnswer, other = 'es', form = typedForm(shown)): Promise<PageAnswer> {
  const body = new URLSearchParams(form.names.flatMap((name) => (form.valueOf(name) === undefined ? [] : [[name, form.valueOf(name)!]])));
  const problems = /form="typed-form" name="_problems" value="([^"]*)"/.exec(shown.html)![1]!;
  expect(shown.html).toMatch(new RegExp(`form="typed-form"[^>]*name="_language" value="${other}"`));
  body.set('_problems', problems);
  body.set('_language', other);
  return visitor.post(form.action, body);
}

/** Fills a page's form in, sends it, and asks for the answer in Spanish. */
async function refusedThenInSpanish(visitor: PageClient, path: string, action: string, typed: Fields) {
  const form = SentForm.allIn((await visitor.get(path)).html).find((one) => one.action.startsWith(action))!;
  for (const [name, value] of Object.entries(typed)) form.fill(name, value);
  const refused = await visitor.post(form.action, form.body());
  return { refused, spanish: await inOther(visitor, refused) };
}

const version = async (path: string) => (await world.service.api('preparer').get(`/api${path}`)).body.version as number;

describe('the language switch beside a form that was refused', () => {
  it.each<[string, 'preparer' | 'administrator' | undefined, string, string, Fields, number, Fields, RegExp]>([
    ['search', 'preparer', '/intakes', '/intakes/search', { phone: '12' }, 422, { phone: '12' }, /diez cifras/],
    ['settings', 'administrator', '/settings', '/settings', { name: 'Another', timeZone: 'Mars' }, 422, { name: 'Another', timeZone: 'Mars' }, /Escriba un nombre como/],
    ['invitation', 'administrator', '/members', '/members/invitations', { name: 'Ada', email: 'ada', role: 'auditor' }, 422, { name: 'Ada', email: 'ada', role: 'auditor' }, /correo electrónico completo/],
    ['password', 'preparer', '/password', '/password', { current: 'x', password: 'y', passwordAgain: 'z' }, 422, { password: '' }, /no son iguales/],
    ['sign-in', undefined, '/sign-in', '/sign-in', { email: 'a@example.org', password: 'x' }, 401, { email: 'a@example.org', password: '' }, /<h1>Iniciar sesión/],
  ])('shows it again: %s', async (_name, role, path, action, typed, status, shown, words) => {
    const visitor = await client(role);
    const { refused, spanish } = await refusedThenInSpanish(visitor, path, action, typed);
    expect(refused.status).toBe(status);
    expect(refused.html).not.toMatch(words);
    expect(spanish.html).toContain('<html lang="es"');
    expect(spanish.html).toMatch(words);
    for (const [name, value] of Object.entries(shown)) expect([name, typedForm(spanish).valueOf(name)]).toEqual([name, value]);
    expect(visitor.cookies.get('__Host-thinfile-language')).toBe('es');
  });

  it('shows a page of questions again, saves nothing, and saves it from there', async () => {
    const path = await world.started();
    const visitor = await client('preparer');
    const { refused, spanish } = await refusedThenInSpanish(visitor, `${path}/contact`, path, { 'contact.email': 'nobody', 'contact.preferredName': 'Ñata <b>' });
    expect([refused.status, spanish.status, await version(path)]).toEqual([422, 422, 1]);
    expect(spanish.html).toContain('Escriba un correo electrónico con una @');
    const form = typedForm(spanish);
    expect(form.valueOf('contact.preferredName')).toBe('Ñata <b>');
    form.fill('contact.email', 'somebody@example.org');
    expect(await visitor.post(form.action, form.body())).toMatchObject({ status: 303, location: expect.stringMatching(/said=saved$/) });
    expect((await world.stored(path))['contact']).toMatchObject({ preferredName: 'Ñata <b>', email: 'somebody@example.org' });
  });

  it('saves nothing of what could be saved', async () => {
    const path = await world.started();
    const visitor = await client('preparer');
    const form = SentForm.allIn((await visitor.get(`${path}/contact`)).html)[0]!;
    form.fill('contact.phone', '2025550199');
    const body = form.body();
    body.set('_language', 'es');
    const again = await visitor.post(form.action, body);
    expect([typedForm(again).valueOf('contact.phone'), await version(path)]).toEqual(['2025550199', 1]);
  });

  it('compares again after a conflict', async () => {
    const path = await world.started();
    const visitor = await client('preparer');
    const form = SentForm.allIn((await visitor.get(`${path}/contact`)).html)[0]!;
    form.fill('contact.phone', '2025550101');
    await world.patch(path, 1, { contact: { phone: '2025550102' } });
    const conflict = await visitor.post(form.action, form.body());
    const spanish = await inOther(visitor, conflict);
    expect([conflict.status, spanish.status, await version(path)]).toEqual([409, 409, 2]);
    for (const text of ['(202) 555-0101', '(202) 555-0102', '<html lang="es"']) expect(spanish.html).toContain(text);
    const again = typedForm(spanish);
    expect((await visitor.post(again.action, again.body())).status).toBe(303);
    expect((await world.stored(path))['contact']).toMatchObject({ phone: '2025550101' });
  });

  it('shows the stages again, and moves none', async () => {
    const path = await world.started();
    const { refused, spanish } = await refusedThenInSpanish(await client('preparer'), `${path}/stage`, path, {});
    expect([refused.status, spanish.status]).toEqual([422, 422]);
    expect(spanish.html).toContain('Elija la nueva etapa');
  });

  it('keeps what was typed before a session ran out', async () => {
    const path = await world.started();
    const visitor = await client('preparer');
    const form = SentForm.allIn((await visitor.get(`${path}/you`)).html)[0]!;
    form.fill('taxpayer.firstName', 'Agnes');
    visitor.cookies.delete(SESSION_COOKIE);
    const expired = await visitor.post(form.action, form.body());
    const spanish = await inOther(visitor, expired);
    expect([expired.status, spanish.html.includes('<html lang="es"')]).toEqual([401, true]);
    const signIn = typedForm(spanish);
    signIn.fill('email', world.service.members[0]!.email);
    signIn.fill('password', world.service.members[0]!.password);
    const kept = await visitor.post('/sign-in', signIn.body());
    const shown = typedForm(await inOther(visitor, kept, 'en'));
    expect([shown.valueOf('taxpayer.firstName'), await version(path)]).toEqual(['Agnes', 1]);
  });

  it('is not taken for an order by a form that has none', async () => {
    const visitor = await client('administrator');
    expect((await visitor.post('/sites/work', { siteId: 'x', _language: 'es' })).status).toBe(400);
  });

  it('is not beside a link that is shown only once, which it would throw away', async () => {
    const visitor = await client('administrator');
    const form = SentForm.allIn((await visitor.get('/members')).html)[0]!;
    for (const [name, value] of Object.entries({ name: 'Nina', email: 'nina@example.org', role: 'preparer' })) form.fill(name, value);
    const made = await visitor.post(form.action, form.body());
    expect([made.status, made.html.includes('/join?token='), made.html.includes('Español')]).toEqual([200, true, false]);
    expect((await visitor.get('/members')).html).toContain('Español');
  });

  it('shows the set-up again and uses no link up, and is not beside the link for the second administrator', async () => {
    const empty = await startEmptyService(new TestClock(new Date('2027-02-01T17:00:00Z')));
    try {
      const { pathname, search } = new URL(await empty.setUpLink(), empty.url);
      const visitor = new PageClient(empty.url);
      const { refused, spanish } = await refusedThenInSpanish(visitor, pathname + search, '/set-up', { organisation: 'Ours', siteName: '' });
      expect([refused.status, spanish.status, typedForm(spanish).valueOf('organisation')]).toEqual([422, 422, 'Ours']);
      expect(spanish.html).toContain('Complete este dato');
      const form = typedForm(spanish);
      const password = 'eleven purple walruses sing loudly';
      const second = { secondName: 'Bob', secondEmail: 'bob@example.org' };
      const typed = { siteName: 'North', timeZone: 'America/New_York', name: 'Ann', email: 'ann@example.org', password, passwordAgain: password, ...second };
      for (const [name, value] of Object.entries(typed)) form.fill(name, value);
      const done = await visitor.post(form.action, form.body());
      expect([done.status, done.html.includes('/join?token='), done.html.includes('English')]).toEqual([200, true, false]);
    } finally {
      await empty.stop();
    }
  });
});

describe('the language switch beside a form that was not sent yet', () => {
  it.each<[string, keyof typeof at, () => Promise<string>, string, string]>([
    ['a page of questions', 'preparer', async () => `${await world.started()}/contact`, 'contact.preferredName', 'Ñata <b>'],
    ['the stages', 'preparer', async () => `${await world.started()}/stage`, 'stage', 'prepared'],
    ['a request to destroy', 'preparer', async () => `${await world.started()}/erasure`, 'reason', 'She asked'],
    ['a new intake', 'preparer', async () => '/intakes/new', 'taxYear', '2024'],
    ['an invitation', 'administrator', async () => '/members', 'email', 'ada'],
    ['a new site', 'administrator', async () => '/sites', 'name', 'North'],
    ['the settings', 'administrator', async () => '/settings', 'name', ''],
    ['a note on an entry', 'auditor', async () => '/entries/1', 'note', 'fine, beca'],
  ])('shows what is typed by then, and does no more than opening the page does: %s', async (_name, role, of, field, typed) => {
    const path = await of();
    const visitor = await client(role);
    const [opened, shown] = await withEntries(() => visitor.get(path));
    const form = typedForm(shown);
    form.fill(field, typed);
    const [asked, spanish] = await withEntries(() => inOther(visitor, shown, 'es', form));
    expect([spanish.status, typedForm(spanish).valueOf(field), asked]).toEqual([200, typed, opened]);
    expect(spanish.html).toContain('<html lang="es"');
    expect(spanish.html).not.toContain('usa-alert--error');
  });
});

/** With the kinds of the entries that it left in the log. */
async function withEntries(step: () => Promise<PageAnswer>): Promise<readonly [readonly string[], PageAnswer]> {
  const kinds = async () => (await world.service.databases.recordsOwner<{ kind: string }>('SELECT kind FROM log_entry ORDER BY id')).map(({ kind }) => kind);
  const before = await kinds();
  const answer = await step();
  return [(await kinds()).slice(before.length), answer];
}

describe('problems that travel with a form', () => {
  const problems = [{ path: 'name', reason: { en: 'Please.', es: 'Por favor.' } }];

  it('come back as they were', () => expect(problemsCarried(carryProblems(problems))).toEqual(problems));

  it('are nobody else’s words', () => {
    const [text, tag] = carryProblems(problems).split('.');
    const other = Buffer.from(JSON.stringify([{ path: 'name', reason: { en: 'Call me', es: 'Llame' } }])).toString('base64url');
    for (const forged of ['', '.', text!, `${other}.${tag}`, `${other}.`, `${text}.${tag}x`]) expect(problemsCarried(forged)).toEqual([]);
  });
});

describe('in a browser', () => {
  it('the switch keeps what is typed by then, and the Enter key still saves', async () => {
    const path = await world.started();
    const browser = await launchBrowser();
    try {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const { hostname } = new URL(world.service.url);
      await context.addCookies([{ name: SESSION_COOKIE, value: world.service.members[0]!.token, domain: hostname, path: '/', secure: true, httpOnly: true }]);
      const page = await context.newPage();
      await page.goto(`${world.service.url}${path}/contact`);
      await page.fill('[name="contact.phone"]', '202');
      await page.click('button[name="_language"]');
      expect([await page.getAttribute('html', 'lang'), await page.inputValue('[name="contact.phone"]')]).toEqual(['es', '202']);
      await page.fill('[name="contact.phone"]', '');
      await page.click('button[name="_language"]');
      await page.fill('[name="contact.email"]', 'nobody');
      await page.press('[name="contact.email"]', 'Enter');
      await page.fill('[name="contact.preferredName"]', 'Nata');
      await page.click('button[name="_language"]');
      expect(await page.getAttribute('html', 'lang')).toBe('es');
      expect([await page.inputValue('[name="contact.email"]'), await page.inputValue('[name="contact.preferredName"]')]).toEqual(['nobody', 'Nata']);
      await page.fill('[name="contact.email"]', 'somebody@example.org');
      await page.press('[name="contact.email"]', 'Enter');
      expect(page.url()).toMatch(/said=saved$/);
      expect((await world.stored(path))['contact']).toMatchObject({ email: 'somebody@example.org', preferredName: 'Nata' });
    } finally {
      await browser.close();
    }
  });
});
