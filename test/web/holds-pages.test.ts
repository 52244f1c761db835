import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signInAll } from '../../src/demo/members.js';
import { WebVisitor } from '../support/web-visitor.js';
import { runPurge } from '../support/run-purge.js';
import { startTestService } from '../support/test-service.js';
import { startPagesWorld, type PagesWorld } from './pages-world.js';

const MATTER = '2027-CV-0142';
const REASON = 'Counsel wrote that the matter is over.';

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
});
afterAll(() => world.service.stop());

const secondAdministrator = () => new WebVisitor(world.service.url, world.service.members[4]!.token);
const idOf = (path: string) => path.split('/').at(-1)!.split('?')[0]!;
const placed = async () => (await world.service.api('administrator').get('/api/holds')).body.holds as readonly { id: string; scope: object }[];

/** The form, filled in and sent. */
async function checked(fields: Readonly<Record<string, string>>): Promise<WebVisitor> {
  const visitor = await world.as('administrator').open('/holds/new');
  const body = visitor.form.body(0);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return visitor.send('/holds/new', body);
}

/** Through both pages. @returns at the page of the hold */
async function place(fields: Readonly<Record<string, string>>): Promise<WebVisitor> {
  const visitor = await checked(fields);
  return visitor.press(visitor.forms.find(({ action }) => action === '/holds')!);
}

describe('the pages of legal holds', () => {
  it('lead from the list to the form, to what it would keep, to the hold in force, and by two to its end', async () => {
    const id = idOf(await world.started());
    const visitor = await (await world.as('administrator').open('/')).follow('Legal holds');
    await visitor.follow('Place a hold');
    for (const [name, value] of Object.entries({ matter: MATTER, what: 'named', intakes: ` ${id.toUpperCase()}\r\n`, taxYear: '2026' })) visitor.form.fill(name, value);
    const body = visitor.form.body(0);
    body.set('class.identity', 'yes');
    await visitor.send('/holds/new', body);
    expect([visitor.status, await placed()]).toEqual([200, []]);
    for (const text of ['Nothing has been placed yet', MATTER, 'Names and birth dates', 'Tax year 2026']) expect([text, visitor.html.includes(text)]).toEqual([text, true]);
    expect(visitor.html).not.toContain('Mailing address');

    await visitor.press(visitor.forms.find(({ action }) => action === '/holds')!);
    const [hold] = await placed();
    expect([visitor.status, visitor.html.includes('The hold is in force.'), idOf(visitor.path)]).toEqual([200, true, hold!.id]);
    expect(hold!.scope).toMatchObject({ intakes: [id], classes: ['identity'], taxYear: 2026 });
    for (const text of [id, MATTER, 'In force']) expect([text, visitor.html.includes(text)]).toEqual([text, true]);

    visitor.form.fill('reason', REASON);
    await visitor.press(visitor.form);
    expect([visitor.status, idOf(visitor.path), visitor.html.includes('until then the hold stays in force'), visitor.forms.length]).toEqual([200, hold!.id, true, 0]);
    await visitor.follow('See the request');
    expect([visitor.html.includes(MATTER), visitor.html.includes('Take it back'), visitor.html.includes(`href="/holds/${hold!.id}"`)]).toEqual([true, true, true]);
    const auditor = await world.as('auditor').open(visitor.path);
    expect([auditor.status, auditor.html.includes(`/holds/${hold!.id}`), auditor.html.includes(MATTER)]).toEqual([200, true, false]);
    const approver = await secondAdministrator().open(visitor.path);
    await approver.press(approver.form, 0);
    const released = await (await world.as('administrator').open('/holds')).follow(MATTER);
    expect([released.html.includes('Released'), released.forms.length, released.html.includes('What it keeps now')]).toEqual([true, 0, false]);
  });

  it('place one hold for a button that is pressed twice, and never touch one that is there', async () => {
    const check = await checked({ matter: MATTER, what: 'named', taxYear: '2022' });
    const body = check.forms.find(({ action }) => action === '/holds')!.body(0);
    const again = world.as('administrator');
    const before = (await placed()).length;
    await Promise.all([check.send('/holds', body), again.send('/holds', body)]);
    expect([check.status, again.status, again.path, (await placed()).length]).toEqual([200, 200, check.path, before + 1]);
    const [sentinel] = await world.service.databases.keysOwner<{ id: string }>('SELECT id FROM hold WHERE sentinel');
    for (const form of [sentinel!.id, body.get('form')!]) {
      const rows = () => world.service.databases.keysOwner('SELECT * FROM hold WHERE id = $1', [form]);
      const [was, other] = [await rows(), new URLSearchParams(body)];
      other.set('form', form);
      other.set('taxYear', '2021');
      await world.as('administrator').send('/holds', other);
      expect(await rows()).toEqual(was);
    }
  });

  it('take everything at a site only when it is meant', async () => {
    const check = await checked({ matter: MATTER, what: 'everything' });
    expect([check.status, check.html.includes('Mailing address'), check.html.includes('Every site of the organization')]).toEqual([200, true, true]);
    const refused: [Record<string, string>, string][] = [
      [{}, 'what'],
      [{ what: 'named' }, 'what'],
      [{ what: 'everything', taxYear: '2026' }, 'what'],
      [{ what: 'everything', 'class.identity': 'yes' }, 'what'],
      [{ what: 'everything', matter: '' }, 'matter'],
      [{ what: 'everything', matter: 'her number is 400-00-1234' }, 'matter'],
      [{ what: 'named', intakes: 'the Ferreiras' }, 'intakes'],
      [{ what: 'named', taxYear: '26' }, 'taxYear'],
      [{ what: 'named', from: '2027-02-30' }, 'from'],
      [{ what: 'named', from: '2027-02-02', to: '2027-02-01' }, 'to'],
      [{ what: 'everything', site: '10000000-0000-4000-8000-000000000001' }, 'site'],
    ];
    const before = await placed();
    for (const [fields, at] of refused) {
      const typed = { matter: MATTER, ...fields };
      const visitor = await checked(typed);
      const kept = Object.entries(typed).every(([name, value]) => name === 'what' || name === 'site' || name.startsWith('class.') || visitor.form.valueOf(name) === value);
      expect([fields, visitor.status, visitor.html.includes(`href="#answer-${at}"`), kept]).toEqual([fields, 422, true, true]);
      // Nor from the page after it, which anybody can post to.
      const sent = visitor.form.body(0);
      for (const [name, value] of Object.entries(typed)) sent.set(name, value);
      expect([fields, (await visitor.send('/holds', sent)).status]).toEqual([fields, 422]);
    }
    expect(await placed()).toEqual(before);
  });

  it('say which numbers a hold would keep nothing of, and let one change them', async () => {
    const [id, unknown] = [idOf(await world.started()), '10000000-0000-4000-8000-000000000002'];
    const visitor = await checked({ matter: MATTER, what: 'named', intakes: `${id}\n${unknown}` });
    const [, warning] = /It would keep nothing of these numbers(.*?)<\/ul>/s.exec(visitor.html)!;
    expect([warning!.includes(unknown), warning!.includes(id)]).toEqual([true, false]);
    await visitor.press(visitor.forms.find(({ action }) => action === '/holds/new')!);
    expect([visitor.status, visitor.form.valueOf('intakes')?.split(/\s+/), visitor.form.valueOf('matter')]).toEqual([200, [id, unknown], MATTER]);
    visitor.form.fill('intakes', id);
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.html.includes('It would keep nothing of these numbers')]).toEqual([200, false]);
  });

  it('say which lines hold no intake number, and when there are too many', async () => {
    const id = idOf(await world.started());
    const typed = (intakes: string) => checked({ matter: MATTER, what: 'named', intakes });
    expect((await typed(`${id}\n\n${id.slice(0, 30)}\n${id} 12\n`)).html).toContain('Not an intake number: line 3, 4.');
    const many = Array.from({ length: 201 }, (_, at) => `10000000-0000-4000-8000-${String(at).padStart(12, '0')}`);
    expect((await typed(many.join('\n'))).html).toContain('These are more than 200.');
  });

  it('say of a hold what it names, there or not, mark the numbers that match nothing, and say the same in the log', async () => {
    const [id, unknown] = [idOf(await world.started()), 'ffffffff-ffff-4fff-bfff-ffffffffffff'];
    const [site] = await world.service.databases.recordsOwner<{ id: string }>('SELECT id FROM site');
    const { path } = await place({ matter: 'Two numbers', what: 'named', site: site!.id, intakes: `${id}\n${unknown}` });
    for (const role of ['administrator', 'auditor'] as const) {
      const list = (await world.as(role).open('/holds')).html.replace(/<[^>]*>/g, '|');
      expect([role, list.includes('|2 intake numbers|'), list.includes('What it keeps')]).toEqual([role, true, false]);
      const page = (await world.as(role).open(path.split('?')[0]!)).html.replace(/<[^>]*>/g, '|').replace(/\|+/g, '|');
      expect(page).toContain(`|What it names|2 intake numbers|Test Site|${id}|${unknown}| (matches nothing here)|`);
    }
    const log = (await world.as('auditor').open('/entries?kind=hold.placed')).html;
    expect([log.includes('names 2 intake numbers'), log.includes('2 intakes')]).toEqual([true, false]);
    // It is there, and the hold keeps nothing of it.
    const other = await place({ matter: 'Another year', what: 'named', intakes: id, taxYear: '2019' });
    const text = other.html.replace(/<[^>]*>/g, '|').replace(/\|+/g, '|');
    expect(text).toContain(`|What it names|1 intake number|Tax year 2019|Every site of the organization|${id}| (matches nothing here)|`);
  });

  it('change their language on the way, and place nothing by it', async () => {
    const before = await placed();
    const visitor = await checked({ matter: MATTER, what: 'named', taxYear: '2026' });
    const inSpanish = visitor.forms.find(({ action }) => action === '/holds')!.body(0);
    inSpanish.set('_language', 'es');
    await visitor.send('/holds', inSpanish);
    expect([visitor.status, visitor.html.includes('Todavía no se ha puesto nada'), visitor.html.includes(MATTER)]).toEqual([200, true, true]);
    expect(await placed()).toEqual(before);
  });

  it('keep what was typed when the reason is none, and say when somebody asked before', async () => {
    const visitor = await place({ matter: MATTER, what: 'named', taxYear: '2025' });
    const path = visitor.path.split('?')[0]!;
    visitor.form.fill('reason', 'over');
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.html.includes('id="answer-reason-error"'), visitor.form.valueOf('reason')]).toEqual([422, true, 'over']);
    const [one, other] = [await world.as('administrator').open(path), await secondAdministrator().open(path)];
    for (const asking of [one, other]) asking.form.fill('reason', REASON);
    await one.press(one.form);
    await other.press(other.form);
    expect([one.status, other.status, other.forms.length, other.html.includes('has been asked for and waits')]).toEqual([200, 409, 0, true]);
  });

  it('show auditors that there are holds, and not for which matter; preparers see none', async () => {
    await place({ matter: 'A matter of its own', what: 'named', taxYear: '2024' });
    const auditor = await (await world.as('auditor').open('/')).follow('Legal holds');
    expect([auditor.status, auditor.html.includes('Tax year 2024'), auditor.html.includes('Place a hold')]).toEqual([200, true, false]);
    const [, path] = /href="(\/holds\/[0-9a-f-]{36})"/.exec(auditor.html)!;
    await auditor.open(path!);
    expect([auditor.status, auditor.forms.length]).toEqual([200, 0]);
    for (const page of ['/holds', path!]) expect((await world.as('auditor').open(page)).html).not.toContain('A matter of its own');
    expect((await world.as('preparer').open('/holds')).status).toBe(403);
    expect((await world.as('preparer').open('/')).html).not.toContain('href="/holds"');
  });
});

describe('a hold that comes too late', () => {
  it('says before it is placed what was destroyed, when and under which version, and goes on saying it', async () => {
    const service = await startTestService();
    const { body } = await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Robin' } } }).expect(201);
    service.clock.advanceDays(4);
    const { id: run } = await runPurge(await service.signInAgain('administrator'));
    const [again] = await signInAll(service.app, [service.members[1]!]);
    const visitor = async (fields: Record<string, string>) => {
      const one = await new WebVisitor(service.url, again!.token).open('/holds/new');
      const form = one.form.body(0);
      for (const [name, value] of Object.entries({ matter: MATTER, what: 'named', ...fields })) form.set(name, value);
      return one.send('/holds/new', form);
    };
    const byClass = await visitor({ 'class.credentials': 'yes' });
    const certificate = `/runs/${run}/certificate`;
    const says = (one: WebVisitor, texts: readonly string[]) => texts.map((text) => [text, one.html.includes(text)]);
    const all = (texts: readonly string[]) => texts.map((text) => [text, true]);
    const wide = ['What it would come too late for', 'February 5, 2027', certificate, 'Taxpayer and bank numbers: 1', 'Nothing that is here now'];
    expect(says(byClass, wide)).toEqual(all(wide));
    await byClass.press(byClass.forms.find(({ action }) => action === '/holds')!);
    expect(says(byClass, ['What it came too late for', certificate])).toEqual(all(['What it came too late for', certificate]));

    const named = await visitor({ intakes: body.id as string, 'class.credentials': 'yes', 'class.identity': 'yes' });
    const narrow = ['February 4, 2027', 'Names and birth dates'];
    expect(says(named, narrow)).toEqual(all(narrow));
    expect(named.html).not.toContain('It would keep nothing of these numbers');
    // Of what the hold does not name, nothing is said.
    const other = await visitor({ intakes: body.id as string, 'class.identity': 'yes' });
    expect(other.html).not.toContain('February 4, 2027');
    await service.stop();
  });
});

describe('a hold that keeps all that is due', () => {
  it('is why nothing was destroyed, as the certificate says', async () => {
    const service = await startTestService();
    const { body } = await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Robin' } } }).expect(201);
    await service.api('administrator').post('/api/holds', { matter: MATTER, scope: { taxYear: 2026 } }).expect(201);
    service.clock.advanceDays(4);
    const { id: run } = await runPurge(await service.signInAgain('administrator'));
    const [preparer, administrator] = await signInAll(service.app, [service.members[0]!, service.members[1]!]);
    const page = async (who: typeof preparer, path: string) => (await new WebVisitor(service.url, who!.token).open(path)).html;
    const certificate = await page(administrator, `/runs/${run}/certificate`);
    expect(certificate).toContain('Nothing was destroyed: what was due is kept by a legal hold.');
    expect(await page(preparer, `/intakes/${body.id}/review`)).toContain('Kept under a legal hold, closed since');
    await service.stop();
  });
});
