import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLASS_WORDS } from '../../src/web/words/class-words.js';
import { runPurge } from '../support/run-purge.js';
import { WebVisitor } from '../support/web-visitor.js';
import { startPagesWorld, type PagesWorld } from './pages-world.js';

const REASON = 'The client asked for it at the desk and signed the form.';

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
});
afterAll(() => world.service.stop());

const member = (email: string) => new WebVisitor(world.service.url, world.service.members.find((one) => one.email === email)!.token);
const idOf = (path: string) => path.split('/').at(-1)!;

async function asked(path: string): Promise<WebVisitor> {
  const visitor = await world.as('preparer').open(`${path}/erasure`);
  visitor.form.fill('reason', REASON);
  return visitor.press(visitor.form);
}

describe('the pages of an early erasure', () => {
  it('lead from the intake to the request, the decision and the client’s receipt', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/review`);
    await (await visitor.follow('The client has withdrawn, or wants everything erased now')).follow('Erase it now, at the client’s own request');
    for (const text of ['Ines Ferreira', idOf(path), 'Readable until', 'There is no way back']) expect([text, visitor.html.includes(text)]).toEqual([text, true]);
    visitor.form.fill('reason', REASON);
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.html.includes('Asked for. An administrator decides.'), visitor.html.includes('Take it back')]).toEqual([200, true, true]);
    const request = visitor.path.split('?')[0]!;

    const administrator = await world.as('administrator').open('/approvals');
    await administrator.follow(`An early erasure, at the client’s request: ${idOf(path)}`);
    expect(administrator.path).toBe(request);
    for (const text of [idOf(path), '2026', REASON]) expect(administrator.html).toContain(text);
    expect(administrator.html).not.toContain('Ferreira');
    await administrator.press(administrator.form, 0);
    expect(administrator.html).toContain('Approved. It takes effect on the day that it names');

    const gone = await world.as('preparer').open(`${path}/review`);
    expect([gone.status, gone.html.includes('Names and birth dates'), gone.html.includes('Taxpayer and bank numbers')]).toEqual([410, true, true]);
    const receipt = await (await world.as('preparer').open(request)).follow('Receipt for the client');
    for (const text of [idOf(path), 'February 1, 2027', 'Destroyed with the next nightly run']) expect(receipt.html).toContain(text);
    expect(receipt.html).not.toContain('Ferreira');
    const { id: run } = await runPurge(world.service.api('administrator'));
    await receipt.open(`${path}/erasure/receipt`);
    expect([receipt.status, receipt.html.includes(`/runs/${run}/certificate`)]).toEqual([200, true]);
    expect((await (await member('auditor@example.org').open(`${path}/erasure/receipt`)).follow(run)).status).toBe(200);
  });

  it('leave an erased intake a way to its receipt', async () => {
    const path = await world.started();
    const request = (await asked(path)).path.split('?')[0]!;
    const administrator = await world.as('administrator').open(request);
    await administrator.press(administrator.form, 0);
    expect((await world.as('preparer').open(`${path}/erasure`)).path).toBe(`${path}/erasure/receipt`);
    const gone = await world.as('preparer').open(path);
    expect(gone.status).toBe(410);
    expect((await gone.follow('Receipt of the erasure at the client’s request')).status).toBe(200);
    await runPurge(world.service.api('administrator'));
    const whole = await world.as('preparer').open(path);
    expect([whole.status, (await whole.follow('Receipt of the erasure at the client’s request')).status]).toEqual([410, 200]);
  });

  it('keep what was typed when the reason is none, and in the other language too', async () => {
    const path = await world.started();
    for (const reason of ['', 'too short', 'her number is 400-00-1234']) {
      const visitor = await world.as('preparer').open(`${path}/erasure`);
      visitor.form.fill('reason', reason);
      await visitor.press(visitor.form);
      expect([visitor.status, visitor.html.includes('id="answer-reason-error"'), visitor.html.includes(reason)]).toEqual([422, true, true]);
    }
    const visitor = await world.as('preparer').open(`${path}/erasure`);
    visitor.form.fill('reason', 'too short');
    const inSpanish = visitor.form.body(0);
    inSpanish.set('_language', 'es');
    await visitor.send(`${path}/erasure`, inSpanish);
    expect([visitor.html.includes('¿Cómo lo pidió el cliente?'), visitor.form.valueOf('reason')]).toEqual([true, 'too short']);
    expect((await world.service.api('preparer').get('/api/approvals')).body.approvals.filter((one: { about: { intake: string } }) => one.about.intake === idOf(path))).toEqual([]);
  });

  it('say that it has been asked for, with a link for whoever asked', async () => {
    const path = await world.started();
    await asked(path);
    const own = await world.as('preparer').open(`${path}/erasure`);
    expect([own.forms.length, (await own.follow('See the request')).html.includes(REASON)]).toEqual([0, true]);
    const other = await member('preparer2@example.org').open(`${path}/erasure`);
    other.form.fill('reason', REASON);
    await other.press(other.form);
    expect([other.status, other.forms.length, other.html.includes('has been asked for'), other.html.includes('See the request')]).toEqual([409, 0, true, false]);
  });

  it('say to whoever asked that it was declined, and take another request', async () => {
    const path = await world.started();
    const request = (await asked(path)).path.split('?')[0]!;
    const administrator = await world.as('administrator').open(request);
    await administrator.press(administrator.form, 1);
    const visitor = await world.as('preparer').open(`${path}/erasure`);
    expect(visitor.html).toContain('The last request was declined.');
    expect((await visitor.follow('See the request')).path).toBe(request);
    const again = await asked(path);
    expect([again.path.split('?')[0] === request, again.html.includes('Asked for.')]).toEqual([false, true]);
    await again.open(`${path}/erasure`);
    expect([again.html.includes('waits for a decision'), again.html.includes('declined')]).toEqual([true, false]);
  });

  it('say that a legal hold keeps it, and nothing about the hold', async () => {
    const path = await world.started();
    await world.service.databases.keysOwner('INSERT INTO hold (id, intakes, placed_at) VALUES (gen_random_uuid(), ARRAY[$1::uuid], now())', [idOf(path)]);
    const refused = await asked(path);
    expect([refused.status, refused.forms.length, refused.html.includes('A legal hold keeps this intake')]).toEqual([423, 0, true]);
  });
});

describe('the days that a client is told', () => {
  const PAGES = ['stage/withdrawn', 'stage/abandoned', 'erasure'] as const;
  const told = ({ html }: WebVisitor) => [...html.matchAll(/<dt>([^<]*)<\/dt><dd><span class="tf-retention">/g)].map(([, name]) => name);
  const settings = (change: object) => world.service.api('administrator').patch('/api/site', change).expect(200);

  it('are those of what is collected here, and of what was when it was entered', async () => {
    const path = await world.started();
    const { credentials, notes, documents } = Object.fromEntries(Object.entries(CLASS_WORDS).map(([name, { en }]) => [name, en]));
    for (const page of PAGES) {
      const names = told(await world.as('preparer').open(`${path}/${page}`));
      expect([credentials, notes, documents].map((name) => names.includes(name))).toEqual([true, false, false]);
    }
    await settings({ collectNotes: true });
    await world.patch(path, 1, { notes: { text: 'Comes back on Tuesday.' } });
    await settings({ collectNotes: false, collectCredentials: false });
    for (const role of ['preparer', 'administrator'] as const) {
      for (const page of role === 'preparer' ? PAGES : (['erasure'] as const)) {
        const names = told(await world.as(role).open(`${path}/${page}`));
        expect([credentials, notes, documents].map((name) => names.includes(name))).toEqual([true, true, false]);
      }
    }
    await settings({ collectCredentials: true });
  });
});

describe('a client who withdraws', () => {
  it.each([
    ['The client has withdrawn', 'withdrawn'],
    ['The client did not come back', 'abandoned'],
  ])('%s: the new days are shown before anything changes, and come true', async (link, stage) => {
    const path = await world.started();
    const visitor = await (await world.as('preparer').open(`${path}/stage`)).follow(link);
    // Thirty days from today; numbers, of a return that was never prepared, three from the last touch.
    for (const text of ['March 2, 2027', 'February 3, 2027']) expect([text, visitor.html.includes(text)]).toEqual([text, true]);
    expect(await world.service.api('preparer').get(`/api${path}`)).toMatchObject({ body: { stage: 'open', version: 1 } });
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.html.includes('The stage has been changed.')]).toEqual([200, true]);
    const { body } = await world.service.api('preparer').get(`/api${path}?fields=taxpayer,contact,situation,taxpayer.taxpayerId`);
    expect(body).toMatchObject({ stage, due: { identity: '2027-03-03', contact: '2027-03-03', situation: '2027-03-03', credentials: '2027-02-04' } });
    const over = await world.as('preparer').open(`${path}/stage`);
    expect([over.html.includes(`href="${path}/stage/`), over.html.includes('Erase it now, at the client’s own request')]).toEqual([false, true]);
    expect((await over.open(`${path}/stage/${stage}`)).path).toBe(`${path}/stage`);
    expect((await over.open(`${path}/stage/prepared`)).status).toBe(404);
  });

  it.each(['withdrawn', 'abandoned'])('%s: is no choice among the stages, and a form that names it leads to its own page', async (stage) => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/stage`);
    expect([...visitor.html.matchAll(/name="stage" value="(\w+)"/g)].map(([, value]) => value)).toEqual(['prepared']);
    visitor.form.fill('stage', 'prepared');
    const body = visitor.form.body();
    body.set('stage', stage);
    await visitor.send(`${path}/stage`, body);
    expect([visitor.status, visitor.path]).toEqual([200, `${path}/stage/${stage}`]);
    expect(await world.service.api('preparer').get(`/api${path}`)).toMatchObject({ body: { stage: 'open', version: 1 } });
  });

  it('is not ended by a page that is older than the intake, and once by a button that is pressed twice', async () => {
    const path = await world.started();
    const old = await world.as('preparer').open(`${path}/stage/withdrawn`);
    await world.patch(path, 1, { contact: { phone: '2025550156' } });
    await old.press(old.form);
    expect([old.status, old.html.includes('so the stage was not changed')]).toEqual([409, true]);
    const body = (await old.open(`${path}/stage/withdrawn`)).form.body();
    for (const _time of [1, 2]) expect((await old.send(`${path}/stage/withdrawn`, body)).path).toBe(`${path}/stage?said=staged`);
    expect(await world.service.api('preparer').get(`/api${path}`)).toMatchObject({ body: { stage: 'withdrawn', version: 3 } });
  });

  it('is asked afterwards whether everything should go at once, and not whether it has ended', async () => {
    const path = await world.started();
    expect((await world.as('preparer').open(`${path}/stage`)).html).toContain('Has it ended early?');
    await world.service.api('preparer').post(`/api${path}/stage`, { stage: 'withdrawn' }).expect(200);
    const over = await world.as('preparer').open(`${path}/stage`);
    for (const text of ['Has it ended early?', 'Nothing changes before you confirm']) expect([text, over.html.includes(text)]).toEqual([text, false]);
    expect(over.html).toContain('<h2 id="ended">Erase early, at the client’s own request</h2>');
    await over.follow('Erase it now, at the client’s own request');
    expect([over.status, over.path]).toEqual([200, `${path}/erasure`]);
  });
});
