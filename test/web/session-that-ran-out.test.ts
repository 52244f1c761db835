import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LIMITS } from '../../src/web/http/limits.js';
import { SentForm } from '../support/sent-form.js';
import { PageClient, type PageAnswer } from './page-client.js';
import { startPagesWorld, type PagesWorld } from './pages-world.js';

const TYPED = `O’Hara "><script>alert(1)</script> & co`;
const NOTE = 'first line\nsecond <line>';
const FIFTEEN_MINUTES = 15 / (24 * 60);

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
  await world.service.api('administrator').patch('/api/site', { collectNotes: true });
});
afterAll(() => world.service.stop());

const member = (at: number) => world.service.members[at]!;
const formIn = ({ html }: PageAnswer): SentForm => SentForm.allIn(html)[0]!;

/** Somebody types into a page of an intake, and is away for a quarter of an hour. */
async function awayWhileTyping(page: string, typed: Readonly<Record<string, string>>) {
  const path = await world.started();
  const client = new PageClient(world.service.url);
  await client.signIn(member(0));
  const form = formIn(await client.get(path + page));
  for (const [name, value] of Object.entries(typed)) form.fill(name, value);
  world.service.clock.advanceDays(FIFTEEN_MINUTES);
  return { path, client, form };
}

/** Fills in the sign-in that a refused form came back with. */
function signingIn(answer: PageAnswer, at: number, password = member(at).password): SentForm {
  const form = formIn(answer);
  form.fill('email', member(at).email);
  form.fill('password', password);
  return form;
}

describe('a form that was sent after the session ran out', () => {
  it.each([
    ['/you', { 'taxpayer.firstName': TYPED, 'taxpayer.dateOfBirth.year': '1985' }, { taxpayer: { firstName: TYPED, dateOfBirth: '1985-01-02' } }],
    ['/notes', { 'notes.text': NOTE }, { notes: { text: NOTE } }],
  ])('is sent on once its member has signed in, with nothing lost: %s', async (page, typed, stored) => {
    const { path, client, form } = await awayWhileTyping(page, typed);
    const refused = await client.post(form.action, form.body());
    expect([refused.status, refused.headers.get('cache-control')]).toEqual([401, 'no-store']);
    expect(refused.html).toContain('it is not lost');
    expect(refused.html).not.toContain('<script');
    expect((await world.service.signInAgain('preparer').then((api) => api.get(`/api${path}`))).body.version).toBe(1);

    const wrong = await client.post('/sign-in', signingIn(refused, 0, 'not the password').body());
    expect(wrong.status).toBe(401);
    const entered = await client.post('/sign-in', signingIn(wrong, 0).body());
    expect([entered.status, entered.headers.get('location')]).toEqual([200, null]);
    const again = formIn(entered);
    const saved = await client.post(again.action, again.body());
    expect([saved.status, saved.location]).toEqual([303, expect.stringMatching(/\?said=saved$/)]);
    const api = await world.service.signInAgain('preparer');
    expect((await api.get(`/api${path}?fields=taxpayer,notes`)).body.answers).toMatchObject(stored);
  });

  it('is sent on when it proposes a policy, and thrown away to the published one', async () => {
    const client = new PageClient(world.service.url);
    await client.signIn(member(1));
    const form = formIn(await client.get('/policy/propose'));
    for (const [name, value] of Object.entries({ 'notes.rules.0.done': '21', effectiveDay: '2027-03-01', reason: TYPED })) form.fill(name, value);
    world.service.clock.advanceDays(FIFTEEN_MINUTES);
    const refused = await client.post(form.action, form.body());
    expect(refused.status).toBe(401);
    const entered = await client.post('/sign-in', signingIn(refused, 1).body());
    expect([entered.status, entered.html.includes('<a class="usa-link" href="/policy">Throw it away')]).toEqual([200, true]);
    const check = await client.post('/policy/propose', formIn(entered).body());
    expect([check.status, check.html.includes('21 days'), check.html.includes('Nothing has been proposed yet')]).toEqual([200, true, true]);
  });

  it('is a conflict like any other when somebody saved meanwhile', async () => {
    const { path, client, form } = await awayWhileTyping('/contact', { 'contact.phone': '2025550101' });
    const refused = await client.post(form.action, form.body());
    const api = await world.service.signInAgain('preparer');
    await api.patch(`/api${path}`, { version: 1, answers: { contact: { phone: '2025550102' } } });
    const again = formIn(await client.post('/sign-in', signingIn(refused, 0).body()));
    const conflict = await client.post(again.action, again.body());
    expect(conflict.status).toBe(409);
    for (const phone of ['(202) 555-0101', '(202) 555-0102']) expect(conflict.html).toContain(phone);
  });

  it('is handed to no other member at the same laptop', async () => {
    const { client, form } = await awayWhileTyping('/you', { 'taxpayer.firstName': TYPED });
    const refused = await client.post(form.action, form.body());
    const other = await client.post('/sign-in', signingIn(refused, 3).body());
    expect([other.status, other.location]).toEqual([303, '/intakes?said=not-yours']);
    expect((await client.get(other.location!)).html).toContain('was another member’s');
  });

  it('comes back to its member who signed in again in another window', async () => {
    const { path, client, form } = await awayWhileTyping('/you', { 'taxpayer.firstName': 'Agnes' });
    await client.signIn(member(0));
    const refused = await client.post(form.action, form.body());
    expect(refused.status).toBe(403);
    const again = formIn(refused);
    expect((await client.post(again.action, again.body())).status).toBe(303);
    expect((await (await world.service.signInAgain('preparer')).get(`/api${path}?fields=taxpayer`)).body.answers.taxpayer.firstName).toBe('Agnes');
  });

  it('does not come back to another member who signed in there', async () => {
    const { client, form } = await awayWhileTyping('/you', { 'taxpayer.firstName': TYPED });
    await client.signIn(member(3));
    const refused = await client.post(form.action, form.body());
    expect([refused.status, refused.html.includes('O’Hara')]).toEqual([403, false]);
  });

  it.each<[string, Record<string, string>]>([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['nobody knows where', {}],
    ['the address bar', { 'sec-fetch-site': 'none' }],
  ])('is not repeated when it came from %s', async (_where, headers) => {
    const { client, form } = await awayWhileTyping('/you', { 'taxpayer.firstName': TYPED });
    const refused = await client.post(form.action, form.body(), headers);
    expect([refused.status, refused.html.includes('O’Hara'), refused.html.includes('type="password"')]).toEqual([401, false, false]);
  });

  it.each([
    ['a password', '/password', { currentPassword: 'SECRET words', password: 'SECRET words' }],
    ['nothing of an intake', '/settings', { seasonEnd: 'SECRET' }],
    ['an address that leads away', '/intakes/..%2f..//evil.example', { a: 'SECRET' }],
    ['too much to carry', '/intakes/x/you', { a: 'SECRET'.repeat(LIMITS.bodyBytes / 6 - 100) }],
  ])('is not repeated when it holds %s', async (_what, path, fields) => {
    const client = new PageClient(world.service.url);
    client.cookies.set('__Host-thinfile', 'A'.repeat(43));
    const refused = await client.post(path, { ...fields, _member: '00000000-0000-4000-8000-000000000000' });
    expect([401, 404].includes(refused.status)).toBe(true);
    expect(refused.html).not.toContain('SECRET');
  });

  it('leads nowhere but to pages whose forms are kept, whatever it says', async () => {
    const client = new PageClient(world.service.url);
    const { email, password } = member(0);
    const { body } = await world.service.api().post('/api/sign-in', { email, password });
    for (const keptFor of ['https://evil.example/intakes', '//evil.example', '/password', '/intakes/../password', '/intakes?x=1', '/policy', '/policy/propose/../../password', 'javascript:alert(1)']) {
      const { status, location } = await client.post('/sign-in', { email, password, keptFor, keptBy: body.member.id, 'kept.a': 'x' });
      expect([keptFor, status, location]).toEqual([keptFor, 303, '/']);
    }
  });
});
