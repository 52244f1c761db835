import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, day } from '../../src/platform/clock.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { apiClient, type ApiClient } from '../support/test-service.js';
import { WebVisitor } from '../support/web-visitor.js';
import { startPagesWorld, type PagesWorld } from './pages-world.js';

const TODAY = day('2027-02-01');
const REASON = 'The board decided on other periods in January.';
const LONGER = { 'notes.rules.0.done': '20', effectiveDay: addDays(TODAY, 10), reason: REASON };
const SHORTER = { 'identity.rules.1.untouched': '20', effectiveDay: addDays(TODAY, 40), reason: REASON };

const LONGER_STILL = { ...LONGER, 'notes.rules.0.done': '40', effectiveDay: addDays(TODAY, 60) };

type Fields = Readonly<Record<string, string>>;

let world: PagesWorld;
let other: ApiClient;
beforeAll(async () => {
  world = await startPagesWorld();
  other = apiClient(world.service.url, world.service.members[4]!.token);
});
afterAll(() => world.service.stop());

const secondAdministrator = () => new WebVisitor(world.service.url, world.service.members[4]!.token);
const form = () => world.as('administrator').open('/policy/propose');
const proposing = (visitor: WebVisitor) => visitor.forms.find(({ action }) => action === '/policy/proposals')!;
const waiting = async () => (await other.get('/api/approvals')).body.approvals.filter((one: { state: string; kind: string }) => one.state === 'open' && one.kind === 'policy.publish');
const announced = async () => (await other.get('/api/retention/policy')).body.announced as readonly object[];
const withdrawAll = async () => {
  for (const { id } of await waiting()) await world.service.api('administrator').post(`/api/approvals/${id}/withdraw`).expect(204);
};

/** Names nothing that there is, and locks all the same. */
async function placeHold(): Promise<string> {
  return (await world.service.api('administrator').post('/api/holds', { matter: '2027-CV-0142', scope: { taxYear: 1999 } }).expect(201)).body.id as string;
}

/** Fills the form in and sends it. */
async function checked(fields: Fields, visitor?: WebVisitor): Promise<WebVisitor> {
  const at = visitor ?? (await form());
  for (const [name, value] of Object.entries(fields)) at.form.fill(name, value);
  return at.press(at.form);
}

/** Through both pages. @returns at the page of the request */
async function proposed(fields: Fields): Promise<WebVisitor> {
  const visitor = await checked(fields);
  return visitor.press(proposing(visitor));
}

/** The rows of the table of what changes, each with its texts. */
function changesOn({ html }: WebVisitor): readonly (readonly string[])[] {
  const [, table = ''] = /<table[^>]*><caption[^>]*>What changes<\/caption>(.*?)<\/table>/s.exec(html) ?? [];
  const rows = table.split('<tr>').slice(2);
  return rows.map((row) => row.replace(/<[^>]*>/g, '|').split('|').filter(Boolean));
}

describe('the pages that change the policy', () => {
  it('lead from the published policy through form and check to the request, and to a publication by two', async () => {
    const visitor = await (await world.as('administrator').open('/policy')).follow('Propose other periods');
    expect([visitor.status, visitor.form.valueOf('identity.rules.0.done'), visitor.form.valueOf('identity.cap')]).toEqual([200, '30', '']);
    for (const text of ['If the return is not prepared yet and nobody works on it', '16 CFR 314.4(c)(6)', 'From 24 to 120 months.', 'Now until season’s end. From 0 to 1096 days (IRS Publication 4299).', 'March 3, 2027 at the earliest']) {
      expect([text, visitor.html.includes(text)]).toEqual([text, true]);
    }
    await checked({ ...LONGER, 'consents.expiry': '1096', 'consents.whileNoneGiven.1.untouched': '45', 'log.certificatesYears': '7', effectiveDay: addDays(TODAY, 1) }, visitor);
    const CHANGES = [
      ['Notes between preparers', 'After the work is done', '14 days', '20 days', 'Longer'],
      ['Consents given', 'After the consents have run out', 'until season’s end', '1096 days', 'Longer'],
      ['Consents given', 'If it is not done yet and nobody works on it, while no consent was given', '30 days', '45 days', 'Longer'],
      ['Destruction certificates, kept at least', '6 years', '7 years', 'Longer'],
    ];
    expect([visitor.status, changesOn(visitor), await waiting()]).toEqual([200, CHANGES, []]);
    for (const text of ['Nothing has been proposed yet.', 'Nothing gets shorter.', 'Feb 1, 2027, 7:00 PM EST', REASON]) {
      expect([text, visitor.html.includes(text)]).toEqual([text, true]);
    }
    await visitor.press(proposing(visitor));
    expect([visitor.status, visitor.html.includes('Proposed. Another administrator decides'), changesOn(visitor)]).toEqual([200, true, CHANGES]);

    const approver = await (await secondAdministrator().open('/approvals')).follow('A new retention policy');
    expect([changesOn(approver), approver.html.includes('February 2, 2027'), approver.html.includes('in force since')]).toEqual([CHANGES, true, true]);
    const [asked] = await waiting();
    expect(asked.about).toMatchObject({ effectiveDay: '2027-02-02', policy: { after: 1, document: { format: 1, log: { entriesMonths: 24, certificatesYears: 7 } } } });
    expect((await other.get(`/api/approvals/${asked.id}`)).body.about).toEqual(asked.about);
    await approver.press(approver.form, 0);
    const notes = { rules: [{ trigger: 'done', days: 20 }, { trigger: 'untouched', days: 14 }] };
    const consents = { rules: [{ trigger: 'consent-expiry', days: 1096 }], whileNoneGiven: [{ trigger: 'done', days: 30 }, { trigger: 'untouched', days: 45 }] };
    expect(await announced()).toMatchObject([{ version: 2, classes: { ...DEFAULT_POLICY.classes, notes, consents } }]);
    const decided = await secondAdministrator().open(`/approvals/${asked.id}`);
    expect([changesOn(decided), decided.html.includes('can no longer be approved')]).toEqual([CHANGES, false]);
    const next = await form();
    expect([next.form.valueOf('notes.rules.0.done'), next.html.includes('version 2, announced')]).toEqual(['20', true]);
  });

  it('name every field that is wrong, keep what was typed, and propose nothing by it', async () => {
    const refused: [Fields, string][] = [
      [{ 'identity.rules.0.done': '' }, 'identity-rules-0-done'],
      [{ 'identity.rules.0.done': 'a month' }, 'identity-rules-0-done'],
      [{ 'identity.rules.0.done': '0' }, 'identity-rules-0-done'],
      [{ 'consents.whileNoneGiven.0.done': '731' }, 'consents-whileNoneGiven-0-done'],
      [{ 'consents.expiry': '1097' }, 'consents-expiry'],
      [{ 'notes.cap': '1.5' }, 'notes-cap'],
      [{ 'log.entriesMonths': '23' }, 'log-entriesMonths'],
      [{ 'log.certificatesYears': '11' }, 'log-certificatesYears'],
      [{ effectiveDay: '2027-02-30' }, 'effectiveDay'],
      [{ effectiveDay: TODAY }, 'effectiveDay'],
      [{ effectiveDay: addDays(TODAY, 401) }, 'effectiveDay'],
      [{ reason: 'better' }, 'reason'],
      [{ reason: 'their number is 400-00-1234' }, 'reason'],
      [{ reason: 'the client asked for it, 515-555-0199' }, 'reason'],
    ];
    for (const [fields, at] of refused) {
      const typed = { ...LONGER, ...fields, 'notes.rules.0.done': '21' };
      const visitor = await checked(typed);
      const kept = Object.entries(typed).every(([name, value]) => visitor.form.valueOf(name) === value);
      expect([fields, visitor.status, visitor.html.includes(`href="#answer-${at}"`), visitor.html.includes(`id="answer-${at}-error"`), kept]).toEqual([fields, 422, true, true, true]);
      // Nor from the page after it, which anybody can post to.
      expect([fields, (await visitor.send('/policy/proposals', visitor.form.body())).status]).toEqual([fields, 422]);
    }
    const nothing = await checked({ effectiveDay: addDays(TODAY, 30), reason: REASON });
    expect([nothing.status, nothing.html.includes('Nothing differs from the rules')]).toEqual([422, true]);
    expect(await waiting()).toEqual([]);
  });

  it('hold what shortens anything to its 30 days, a new cap too', async () => {
    for (const fields of [SHORTER, { 'identity.cap': '60' }, { 'log.entriesMonths': '24', 'log.certificatesYears': '6' }]) {
      const near = await checked({ ...SHORTER, 'identity.rules.1.untouched': '30', ...fields, effectiveDay: addDays(TODAY, 29) });
      expect([near.status, near.html.includes('Choose a day from March 3, 2027'), near.html.includes('id="answer-effectiveDay-error"')]).toEqual([422, true, true]);
    }
    const check = await checked({ ...SHORTER, effectiveDay: addDays(TODAY, 33) });
    expect(changesOn(check)).toEqual([['Names and birth dates', 'If it is not done yet and nobody works on it', '30 days', '20 days', 'Shorter']]);
    expect([check.status, check.html.includes('Something gets shorter'), check.html.includes('Feb 4, 2027, 7:00 PM EST')]).toEqual([200, true, true]);
    await check.press(check.forms.find(({ action }) => action === '/policy/propose')!);
    expect([check.status, check.form.valueOf('identity.rules.1.untouched'), check.form.valueOf('reason')]).toEqual([200, '20', REASON]);
  });

  it('make one proposal of a button that is pressed twice, and none beside one that waits', async () => {
    const check = await checked(SHORTER);
    const again = world.as('administrator');
    const body = proposing(check).body();
    await Promise.all([check.send('/policy/proposals', body), again.send('/policy/proposals', body)]);
    const [{ id }, ...more] = await waiting();
    expect([check.status, again.status, check.path, again.path, more]).toEqual([200, 200, `/approvals/${id}?said=policy-proposed`, `/approvals/${id}?said=policy-proposed`, []]);
    expect([(await again.send('/policy/proposals', body)).path, (await waiting()).length]).toEqual([check.path, 1]);

    const seen = await secondAdministrator().open('/policy/propose');
    expect([seen.status, seen.forms.length, seen.html.includes(`href="/approvals/${id}"`)]).toEqual([200, 0, true]);
    const otherwise = new URLSearchParams(body);
    otherwise.set('identity.rules.1.untouched', '19');
    for (const path of ['/policy/propose', '/policy/proposals']) {
      const late = await world.as('administrator').send(path, otherwise);
      expect([path, late.status, late.forms.length, late.html.includes(`href="/approvals/${id}"`)]).toEqual([path, 409, 0, true]);
    }
    expect((await waiting()).length).toBe(1);
    await withdrawAll();
  });

  it('lock what is shorter while a hold is in force, before it is proposed and before it is approved', async () => {
    const asked = (await proposed(SHORTER)).path.split('?')[0]!;
    const hold = await placeHold();
    const deciding = await secondAdministrator().open(asked);
    expect([deciding.html.includes('This cannot be approved now'), deciding.html.includes('value="approve"'), deciding.html.includes('value="decline"')]).toEqual([true, false, true]);
    await withdrawAll();

    const visitor = await form();
    expect(visitor.html).toContain('A legal hold is in force. Until all holds are released');
    await checked(SHORTER, visitor);
    expect([visitor.status, visitor.html.includes('This cannot be proposed now'), visitor.forms.map(({ action }) => action)]).toEqual([409, true, ['/policy/propose']]);
    const sent = visitor.form.body();
    sent.delete('change');
    await visitor.send('/policy/proposals', sent);
    expect([visitor.status, visitor.html.includes('This cannot be proposed now'), await waiting()]).toEqual([409, true, []]);
    expect([(await proposed(LONGER_STILL)).status, (await waiting()).length]).toEqual([200, 1]);
    await withdrawAll();
    const release = await world.service.api('administrator').post(`/api/holds/${hold}/release`, { reason: REASON }).expect(202);
    await other.post(`/api/approvals/${release.body.approvalId}/approve`).expect(204);
  });

  it('say when other rules came in between, keep what was changed, and let the rest follow them', async () => {
    const open = await form();
    const check = await checked({ 'contact.rules.0.done': '25', effectiveDay: addDays(TODAY, 60), reason: REASON });
    const overtaken = await proposed({ ...SHORTER, 'notes.cap': '365' });
    const approver = await secondAdministrator().open(overtaken.path);
    await approver.press(approver.form, 0);
    expect((await world.as().open('/policy')).html).toContain('At most, from its start: 365 days');
    for (const [name, value] of Object.entries({ 'contact.rules.0.done': '25', reason: REASON })) open.form.fill(name, value);
    for (const [visitor, path, body] of [[open, '/policy/propose', open.form.body()], [check, '/policy/proposals', proposing(check).body()]] as const) {
      await visitor.send(path, body);
      expect([path, visitor.status, visitor.html.includes('Other rules were published')]).toEqual([path, 409, true]);
      expect(['contact.rules.0.done', 'identity.rules.1.untouched', 'reason', 'after'].map((name) => visitor.form.valueOf(name))).toEqual(['25', '20', REASON, '3']);
    }
    // Taken back by a hold, version 3 is followed no more either.
    const made = await form();
    made.form.fill('contact.rules.0.done', '26');
    const hold = await placeHold();
    await made.press(made.form);
    expect([made.status, ...['contact.rules.0.done', 'identity.rules.1.untouched', 'after'].map((name) => made.form.valueOf(name))]).toEqual([409, '26', '30', '2']);
    expect([hold, await waiting()]).toEqual([expect.any(String), []]);
    const { html } = await world.as().open('/policy');
    expect(html.replace(/<[^>]*>/g, '')).toMatch(/Version 3, announced for [^,]*, 2027, taken back.*A legal hold had been placed: while one stands, no period gets shorter/s);
  });

  it('show whoever decides that a proposal has been overtaken, or has come too near its day', async () => {
    const late = await proposed(LONGER_STILL);
    const path = late.path.split('?')[0]!;
    const stepsOf = async () => {
      const { html } = await secondAdministrator().open(path);
      return [html.includes('value="approve"'), html.includes('value="decline"'), html.includes('can no longer be approved')];
    };
    expect(await stepsOf()).toEqual([true, true, false]);
    const pressed = await secondAdministrator().open(path);
    const approving = pressed.form.body(0);
    for (const [subject, status] of [[`jsonb_set(subject, '{after}', '1')`, 409], [`jsonb_set(subject, '{effectiveDay}', '"2027-02-01"')`, 422]] as const) {
      const id = path.split('/').at(-1)!;
      const [kept] = await world.service.databases.recordsOwner<{ subject: object }>('SELECT subject FROM approval WHERE id = $1', [id]);
      await world.service.databases.recordsOwner(`UPDATE approval SET subject = ${subject} WHERE id = $1`, [id]);
      expect(await stepsOf()).toEqual([false, true, true]);
      expect((await secondAdministrator().send(path, approving)).status).toBe(status);
      await world.service.databases.recordsOwner('UPDATE approval SET subject = $2 WHERE id = $1', [id, kept!.subject]);
    }
    await withdrawAll();
  });

  it('change their language on the way, and propose nothing by it', async () => {
    const check = await checked(LONGER_STILL);
    const inSpanish = proposing(check).body();
    inSpanish.set('_language', 'es');
    await check.send('/policy/proposals', inSpanish);
    expect([check.status, check.html.includes('Todavía no se ha propuesto nada'), await waiting()]).toEqual([200, true, []]);
    const wrong = await checked({ ...LONGER, 'notes.rules.0.done': 'x' });
    const again = wrong.form.body();
    again.set('_language', 'es');
    await wrong.send('/policy/propose', again);
    expect([wrong.html.includes('Proponer otros plazos'), wrong.form.valueOf('notes.rules.0.done')]).toEqual([true, 'x']);
  });

  it('are for administrators of the whole organisation', async () => {
    for (const role of ['preparer', 'auditor'] as const) {
      expect((await world.as(role).open('/policy')).html).not.toContain('/policy/propose');
      expect((await world.as(role).open('/policy/propose')).status).toBe(403);
    }
    expect((await world.as().open('/policy')).html).not.toContain('/policy/propose');
    expect((await world.as('administrator').open('/retention/preview')).html).toContain('href="/policy/propose"');
    expect((await world.as('auditor').open('/retention/preview')).html).not.toContain('href="/policy/propose"');
  });
});
