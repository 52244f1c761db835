import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Certificate } from '../../src/retention/certificate.js';
import { DestructionCertificates } from '../../src/retention/destruction-certificates.js';
import type { Role } from '../../src/access/signed-in.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { PageClient, type PageAnswer } from './page-client.js';

const HOSTILE = `"><script>alert(1)</script>`;
const SURNAME = 'Quackenbush';

/** Settings, policy, destruction and the log, through the pages. */
describe('the pages of administrators and auditors', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.stop());

  const member = (role: Role) => service.members.find((one) => one.role === role)!;
  const signedIn = async (role: Role): Promise<PageClient> => {
    const client = new PageClient(service.url);
    await client.signIn(member(role));
    return client;
  };
  const settings = (change: Record<string, string> = {}) => ({ name: 'Test Site', collectCredentials: 'yes', seasonEnd: '', timeZone: 'America/New_York', ...change });

  it('changes settings, or keeps what was typed and says what to mend', async () => {
    const client = await signedIn('administrator');
    const saved = await client.postAndFollow('/settings', settings({ name: ` Elm ${HOSTILE}`, collectNotes: 'yes', seasonEnd: '2027-10-31' }));
    expect(saved.html).toContain('Saved.');
    expect(saved.html).toContain('value="2027-10-31"');
    expect(saved.html).not.toContain('<script');
    expect((await service.api('administrator').get('/api/site')).body).toMatchObject({ name: `Elm ${HOSTILE}`, collectCredentials: true, collectNotes: true, seasonEnd: '2027-10-31' });
    const refusals: [Record<string, string>, string][] = [
      [{ seasonEnd: '2027-02-20' }, 'seasonEnd'],
      [{ seasonEnd: 'soon' }, 'seasonEnd'],
      [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
      [{ name: '  ' }, 'name'],
      [{ name: 'x'.repeat(121) }, 'name'],
    ];
    for (const [change, field] of refusals) {
      const { status, html } = await client.post('/settings', settings({ collectNotes: 'yes', ...change }));
      expect([field, status]).toEqual([field, 422]);
      expect(html).toContain(`id="answer-${field}-error"`);
      if (field !== 'name') expect(html).toContain(`value="${change[field]}"`);
      expect(html).toMatch(/<title>Error:/);
    }
    expect((await service.api('administrator').get('/api/site')).body).toMatchObject({ seasonEnd: '2027-10-31', timeZone: 'America/New_York' });
    await client.postAndFollow('/settings', settings());
    expect((await service.api('administrator').get('/api/site')).body).toMatchObject({ name: 'Test Site', collectNotes: false, seasonEnd: null });
  });

  it('names every mistake in the settings at once, at its field, and saves none of them', async () => {
    const client = await signedIn('administrator');
    const numbers = { manyIntakes: 'many', readsWithoutChange: '0', failedSignIns: '5', refusedAttempts: '3' };
    const wrong = settings({ name: ' ', seasonEnd: '2027-02-20', timeZone: 'Mars/Olympus', opensAt: '09:00', closesAt: '08:00', ...numbers });
    const { status, html } = await client.post('/settings', wrong);
    const named = [...html.matchAll(/<li><a class="usa-link" href="#answer-([\w.]+)"/g)].map(([, field]) => field);
    expect([status, named]).toEqual([422, ['name', 'seasonEnd', 'timeZone', 'closesAt', 'manyIntakes', 'readsWithoutChange']]);
    for (const field of named) expect(html).toContain(`id="answer-${field}-error"`);
    const { body } = await service.api('administrator').patch('/api/site', { timeZone: 'Mars/Olympus', seasonEnd: '2027-02-20', refusedAttempts: 0 });
    expect(body).toMatchObject({ code: 'INVALID_INPUT', fields: expect.arrayContaining(['timeZone', 'seasonEnd', 'refusedAttempts']) });
    expect((await service.api('administrator').get('/api/site')).body).toMatchObject({ name: 'Test Site', opensAt: 420, refusedAttempts: 3 });
  });

  it('says by which midnight days of destruction begin after a change of time zone, in both languages', async () => {
    const client = await signedIn('administrator');
    expect((await client.get('/settings')).html).not.toContain('do not begin before midnight in');
    const { html } = await client.postAndFollow('/settings', settings({ timeZone: 'Europe/Berlin' }));
    expect(html).toMatch(/Days of destruction do not begin before midnight in America\/New_York until <time datetime="2027-03-03">March 3, 2027<\/time>/);
    await client.postAndFollow('/language', { language: 'es', returnTo: '/settings' });
    expect((await client.get('/settings')).html).toMatch(/no empiezan antes de la medianoche en America\/New_York hasta el <time datetime="2027-03-03">3 de marzo de 2027/);
    await client.postAndFollow('/language', { language: 'en', returnTo: '/settings' });

    await client.postAndFollow('/settings', settings()); // back again: to the west
    const { body: hold } = await service.api('administrator').post('/api/holds', { matter: '2027-CV-0142', scope: { taxYear: 1999 } });
    expect(hold).toMatchObject({ id: expect.any(String) });
    const refused = await client.post('/settings', settings({ timeZone: 'Europe/Berlin' }));
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('While a legal hold is in force, the site’s days cannot begin sooner.');
  });

  it('publishes the policy and the questions to everybody, as the site has them', async () => {
    const visitor = new PageClient(service.url);
    const { html } = await visitor.get('/policy');
    expect(html).toContain('Test Site');
    expect(cells(html, 'Taxpayer and bank numbers')).toEqual(['Yes', 'After the return is prepared: 3 daysIf the return is not prepared yet and nobody works on it: 3 days']);
    expect(cells(html, 'Notes between preparers')).toEqual(['No', 'After the work is done: 14 daysIf it is not done yet and nobody works on it: 14 days']);
    expect(cells(html, 'Names and birth dates')).toEqual(['Yes', 'After the work is done: 30 daysIf it is not done yet and nobody works on it: 30 days']);
    expect(cells(html, 'Consents given')[0]).toBe('Yes');
    expect(html).toContain('December 31, 2027');
    const questions = (await visitor.get('/what-we-hold')).html;
    expect(questions).toContain('Date of birth');
    expect(questions.match(/This site does not ask for these\./g)).toHaveLength(2);
  });

  it('invites nobody without a name, an address or a role, nor anybody twice', async () => {
    const client = await signedIn('administrator');
    const invite = (fields: Record<string, string>) => client.post('/members/invitations', { name: 'New', email: 'new@example.org', role: 'preparer', ...fields });
    for (const [fields, field] of [[{ name: '' }, 'name'], [{ email: 'new@' }, 'email'], [{ email: member('auditor').email }, 'email'], [{ role: 'owner' }, 'role']] as const) {
      const { status, html } = await invite(fields);
      expect([field, status, html.includes(`id="answer-${field}-error"`)]).toEqual([field, 422, true]);
    }
    const { status, html } = await invite({ name: HOSTILE });
    expect(status).toBe(200);
    expect(html).toMatch(/http:\/\/localhost:\d+\/join\?token=[\w-]{43}/);
    const list = (await client.get('/members')).html;
    expect(list).toContain('new@example.org');
    expect(list).not.toContain('token=');
    expect(list).not.toContain('<script');
    expect((await (await signedIn('preparer')).get('/members')).html).not.toContain('new@example.org');
  });

  it('destroys what is due when an administrator says so, shows how far it is, and the certificate', async () => {
    const answers = { taxpayer: { firstName: 'Quill', lastName: SURNAME, dateOfBirth: '1980-03-04' } };
    const { status, body: intake } = await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers });
    expect(status).toBe(201);
    service.clock.advanceDays(31);
    const client = await signedIn('administrator');
    await service.databases.keysOwner('INSERT INTO hold (id, intakes, placed_at) VALUES ($1, ARRAY[$1::uuid], now())', [intake.id]);
    const held = (await client.get('/runs')).html; // one intake is told of once: what a hold keeps, no run destroys
    expect([cells(held, 'Names and birth dates'), columnsOf(held)]).toEqual([['0', '1'], ['What', 'A run destroys', 'A legal hold keeps']]);
    await service.databases.keysOwner('DELETE FROM hold WHERE id = $1', [intake.id]);
    const before = (await client.get('/runs')).html;
    expect(cells(before, 'Names and birth dates')).toEqual(['1', '0']);
    expect(before).toContain('Start the run');
    const started = await client.post('/runs', {});
    expect(started.status).toBe(303);
    const ended = await endOf(client, started.location!);
    expect(ended.html).toContain('Finished');
    expect(ended.html).not.toContain('Look again');
    expect((await client.get('/runs')).html).toContain('Nothing is due.');
    const auditor = await signedIn('auditor');
    const certificate = (await auditor.get(`${started.location}/certificate`)).html;
    expect(certificate).toMatch(/<bdi>Test Site<\/bdi><\/th><td[^>]*>Names and birth dates<\/td><td[^>]*><time datetime="2027-03-03">[^<]*<\/time><\/td><td[^>]*>1<\/td>/);
    expect(certificate).not.toContain(SURNAME);
    const download = await auditor.get(`${started.location}/certificate.txt`);
    const { note, body } = (await service.app.get(DestructionCertificates).find(started.location!.slice('/runs/'.length)))!;
    expect(download.html).toBe(note);
    expect(download.headers.get('content-disposition')).toMatch(/^attachment; filename="certificate-[0-9a-f-]{36}\.txt"$/);
    const keys = (JSON.parse(body) as Certificate).buckets.reduce((sum, { shares }) => sum + shares, 0);
    await endOf(client, (await client.post('/runs', {})).location!);
    const list = (await auditor.get('/runs')).html;
    expect([...list.matchAll(/data-label="Keys destroyed">([^<]*)</g)].map(([, text]) => text)).toEqual(['0', String(keys)]);
    expect(list).not.toContain('Start the run');
  });

  it('shows auditors the log, with names for ids, and writes that it was read', async () => {
    const intake = (await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Quill', lastName: SURNAME } } })).status;
    expect(intake).toBe(401); // sessions are over after a month
    const preparer = await service.signInAgain('preparer');
    const { id } = (await preparer.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Quill', lastName: SURNAME } } })).body;
    await preparer.get(`/api/intakes/${id}?fields=taxpayer`);
    const auditor = await signedIn('auditor');
    const all = (await auditor.get('/entries')).html;
    for (const text of [member('preparer').name, member('auditor').name, 'answers.read', 'taxpayer.lastName', id]) expect(all).toContain(text);
    expect(all).not.toContain(SURNAME);
    expect((await auditor.get('/entries')).html).toContain('<code class="tf-quiet">log.read</code>');

    const trail = (await auditor.get(`/entries?intake=${id}&kind=answers.read`)).html;
    expect(trail.match(/<th scope="row"/g)).toHaveLength(1);
    expect((await auditor.get('/entries?kind=restore.released')).html).toContain('No entries match.');
    expect((await auditor.get('/entries?from=2027-03-05&to=2027-03-05')).html).toContain('No entries match.');
    expect((await auditor.get('/entries?from=2027-03-04&to=2027-03-04')).html).toContain(id);
    const bad = await auditor.get(`/entries?intake=${encodeURIComponent(HOSTILE)}&from=2027-02-30`);
    expect(bad.status).toBe(422);
    expect(bad.html).not.toContain('<script');
    expect(bad.html).toContain('id="answer-intake-error"');
  });

  it('pages through the log with its filters kept', async () => {
    const preparer = await service.signInAgain('preparer');
    for (let i = 0; i < 55; i++) await preparer.get('/api/intakes');
    const auditor = await signedIn('auditor');
    const first = (await auditor.get('/entries?kind=intake.listed')).html;
    const older = /href="(\/entries\?[^"]*cursor=\d+)"/.exec(first)![1]!.replaceAll('&amp;', '&');
    expect(older).toContain('kind=intake.listed');
    const second = await auditor.get(older);
    expect(second.html).toContain('intake.listed');
    expect(second.html).not.toContain('Older entries');
    expect((await auditor.get('/entries?cursor=first')).status).toBe(422);
  });
});

/** The cells of the table row that begins with this header. */
function cells(html: string, header: string): readonly string[] {
  const row = html.split('<tr>').find((text) => new RegExp(`<th scope="row"[^>]*>(<bdi>)?${header}`).test(text)) ?? '';
  return [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell!.replaceAll(/<[^>]*>/g, ''));
}

/** Of the page's first table. */
function columnsOf(html: string): readonly string[] {
  return [...html.slice(0, html.indexOf('</thead>')).matchAll(/<th scope="col"[^>]*>([^<]*)</g)].map(([, name]) => name!);
}

async function endOf(client: PageClient, path: string): Promise<PageAnswer> {
  for (let tries = 0; tries < 200; tries++) {
    const page = await client.get(path);
    if (!page.html.includes(`href="${path}">Look again</a>`)) return page;
    await sleep(50);
  }
  throw new Error('the run does not end');
}
