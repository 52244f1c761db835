import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runPurge } from '../support/run-purge.js';
import { startPagesWorld, type PagesWorld } from './pages-world.js';

const REASON = 'The client asked for it at the desk and signed the form.';

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
});
afterAll(() => world.service.stop());

describe('the pages of a site of VITA or TCE', () => {
  it('ask for no list, and tell of none', async () => {
    const path = await world.started();
    const stage = await world.as('preparer').open(`${path}/stage`);
    expect(stage.html).not.toContain('preparerList');
    for (const page of ['/policy', '/what-we-hold']) expect((await world.as('administrator').open(page)).html).not.toMatch(/\s6107\b/);
    expect((await world.as('preparer').open(`${path}/preparer-list`)).status).toBe(404);
    expect((await world.as('preparer').open('/intakes')).html).not.toContain('/preparer-list');
    expect((await world.as('preparer').open('/preparer-list')).html).toContain('No return is on the list.');
  });
});

describe('the pages of a site of compensated preparers', () => {
  beforeAll(async () => {
    const settings = await world.as('administrator').open('/settings');
    expect(settings.form.valueOf('regime')).toBe('vita_tce');
    settings.form.fill('regime', 'compensated');
    await settings.press(settings.form);
    expect((await world.as('administrator').open('/settings')).form.valueOf('regime')).toBe('compensated');
  });

  it('publish what is kept, until when, and why', async () => {
    for (const page of ['/policy', '/what-we-hold']) expect((await world.as('administrator').open(page)).html).toContain('IRC 6107(b)');
    expect((await world.as('administrator').open('/policy')).html).toContain('After June 30, 3 years after the close of the return period');
  });

  it('ask for the list with the stage, keep what was typed when something is missing, and say what stays until when', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/stage`);
    visitor.form.fill('stage', 'prepared');
    visitor.form.fill('preparerList.taxpayerId', '900-00-5555');
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.html.includes('A compensated preparer has to keep this for three years')]).toEqual([422, true]);
    expect([visitor.form.valueOf('stage'), visitor.form.valueOf('preparerList.taxpayerId')]).toEqual(['prepared', '900-00-5555']);
    visitor.form.fill('preparerList.returnType', '1040');
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.path]).toEqual([200, `${path}/stage?said=staged`]);

    const review = await world.as('preparer').open(`${path}/review`);
    expect(review.html).toMatch(/The preparer’s list of returns.*Readable until.*June 30, 2030/s);
    expect(review.html).not.toContain('900-00-5555');
    const list = await world.as('preparer').open(`${path}/preparer-list`);
    expect([list.form.valueOf('preparerList.name'), list.form.valueOf('preparerList.taxpayerId')]).toEqual(['Ines Ferreira', '900-00-5555']);
    expect(list.html).not.toContain('Every answer may be left blank');
    list.form.fill('preparerList.preparedBy', '');
    await list.press(list.form);
    expect(list.status).toBe(422);
  });

  it('ask for the list where done is confirmed, if a return was sent back and is done on paper', async () => {
    const path = await world.started();
    const said = { name: 'Ines Ferreira', returnType: '1040', preparedBy: 'Priya Preparer' };
    const stages = [{ stage: 'prepared', preparerList: said }, { stage: 'filed' }, { stage: 'rejected' }];
    for (const step of stages) expect((await world.service.api('preparer').post(`/api${path}/stage`, step)).status).toBe(200);
    const visitor = await world.as('preparer').open(`${path}/stage`);
    expect(visitor.html).toMatch(/Needed with the stage <strong>Filed<\/strong>/);
    visitor.form.fill('stage', 'done');
    await visitor.press(visitor.form);
    visitor.form.fill('preparerList.preparedBy', '');
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.html.includes('A compensated preparer has to keep this for three years')]).toEqual([422, true]);
    visitor.form.fill('preparerList.preparedBy', 'Paul Preparer');
    visitor.form.fill('preparerList.returnType', '1040-X');
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.path]).toEqual([200, `${path}/stage?said=staged`]);
    const list = await world.as('preparer').open(`${path}/preparer-list`);
    expect([list.form.valueOf('preparerList.preparedBy'), list.form.valueOf('preparerList.returnType')]).toEqual(['Paul Preparer', '1040-X']);
  });

  it('show the list of a return period, from the list of intakes', async () => {
    const visitor = await world.as('preparer').open('/intakes');
    const periods = await visitor.follow('The preparer’s list');
    expect(periods.html).not.toContain('900-00-5555');
    const list = await world.as('preparer').open(/href="(\/preparer-list\/\d{4})"/.exec(periods.html)![1]!);
    for (const text of ['Ines Ferreira', '900-00-5555', 'Form 1040', 'tf-no-print']) expect([text, list.html.includes(text)]).toEqual([text, true]);
    expect((await world.as('preparer').open('/preparer-list/1999')).status).toBe(404);
  });

  it('tell the client who wants everything erased what the law keeps, and show that alone afterwards', async () => {
    const path = await world.started();
    const id = path.split('/').at(-1)!;
    const said = { name: 'Ines Ferreira', taxpayerId: '900-00-5555', returnType: '1040', preparedBy: 'Priya Preparer' };
    expect((await world.service.api('preparer').post(`/api/intakes/${id}/stage`, { stage: 'prepared', preparerList: said })).status).toBe(200);
    const visitor = await world.as('preparer').open(`${path}/erasure`);
    expect(visitor.html).toContain('Its return is on the preparer’s list.');
    visitor.form.fill('reason', REASON);
    const request = (await visitor.press(visitor.form)).path.split('?')[0]!;
    const administrator = await world.as('administrator').open(request);
    await administrator.press(administrator.form, 0);
    await runPurge(world.service.api('administrator'));
    const receipt = await world.as('preparer').open(`${path}/erasure/receipt`);
    for (const text of ['what the law makes us keep', 'Your return on the preparer’s list', 'June 30, 2030']) expect([text, receipt.html.includes(text)]).toEqual([text, true]);
    const left = await world.as('preparer').open(path);
    expect([left.status, left.path]).toEqual([200, `${path}/preparer-list`]);
    for (const text of ['900-00-5555', 'Form 1040', 'Priya Preparer', 'It cannot be changed any more', 'Destroyed; closed since']) expect([text, left.html.includes(text)]).toEqual([text, true]);
    expect((await left.follow('Receipt of the erasure at the client’s request')).status).toBe(200);
    const gone = await world.as('preparer').open(`${path}/you`);
    expect([gone.status, (await gone.follow('See what can still be read')).path]).toEqual([410, `${path}/preparer-list`]);
  });

  it('count it in what is foreseen', async () => {
    const preview = await world.as('administrator').open('/retention/preview?asOf=2030-07-01');
    expect(preview.status).toBe(200);
    expect(preview.html).toContain('The preparer’s list of returns');
    expect(preview.html).toContain('the years after the close of the return period');
  });
});
