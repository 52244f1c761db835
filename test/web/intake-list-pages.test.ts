import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WebVisitor } from '../support/web-visitor.js';
import { ANSWERS, startPagesWorld, type PagesWorld } from './pages-world.js';

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
});
afterAll(() => world.service.stop());

describe('the search', () => {
  const found = (visitor: WebVisitor) => [...visitor.html.matchAll(/href="(\/intakes\/[0-9a-f-]{36})"/g)].map(([, path]) => path);

  async function search(way: number, typed: Readonly<Record<string, string>>): Promise<WebVisitor> {
    const visitor = await world.as('preparer').open('/intakes');
    for (const [name, value] of Object.entries(typed)) visitor.forms[way]!.fill(name, value);
    return visitor.press(visitor.forms[way]!);
  }

  it('finds by telephone, by name and birth date, and by number, and keeps what was typed out of the address', async () => {
    const taxpayer = { firstName: 'Zoë', lastName: 'Núñez', dateOfBirth: '1971-03-04', taxpayerId: '400-00-7777' };
    const path = await world.started({ taxpayer, contact: { phone: '2025550177' } });
    const birth = { 'dateOfBirth.month': '3', 'dateOfBirth.day': '4', 'dateOfBirth.year': '1971' };
    for (const [way, typed] of [{ phone: '(202) 555-0177' }, { lastName: 'nunez', ...birth }, { taxpayerId: '400007777' }].entries()) {
      const visitor = await search(way, typed);
      expect([visitor.status, visitor.path, found(visitor)]).toEqual([200, '/intakes/search', [path]]);
      expect(visitor.html).toContain('Zoë Núñez');
    }
    const none = await search(0, { phone: '2025550178' });
    expect(found(none)).toEqual([]);
    expect(none.html).toMatch(/<section class="tf-found"[^>]* autofocus[^>]*><h2 id="found">Result<\/h2><p>Nothing was found. Try /);
  });

  it('says which box is wrong', async () => {
    const visitor = await search(1, { lastName: 'Núñez', 'dateOfBirth.month': '2', 'dateOfBirth.day': '31', 'dateOfBirth.year': '1971' });
    expect(visitor.status).toBe(422);
    expect(visitor.html).toContain('href="#answer-dateOfBirth"');
    expect(visitor.html).not.toContain('href="#answer-lastName"');
    expect((await search(0, { phone: '' })).status).toBe(422);
  });
});

describe('the list', () => {
  it('says when an intake was started where another one has the same name, and only there', async () => {
    const named = (firstName: string) => world.started({ taxpayer: { firstName, lastName: 'Twofold' } });
    const paths = [await named('Ana'), await named('Ana'), await named('Berta')];
    const [started] = await world.service.databases.recordsOwner<{ day: string }>(`SELECT created_day::text AS day FROM intake WHERE id = '${paths[0]!.slice(9)}'`);
    const { html } = await world.as('preparer').open('/intakes');
    const rowOf = (path: string) => html.split('<tr>').find((row) => row.includes(`href="${path}"`));
    expect(paths.map((path) => rowOf(path)?.includes(`Started on <time datetime="${started!.day}">`))).toEqual([true, true, false]);
  });
});

describe('the stage', () => {
  it('is not changed by a page that is older than the intake, nor without a choice', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/stage`);
    await visitor.press(visitor.form);
    expect(visitor.status).toBe(422);
    visitor.form.fill('stage', 'prepared');
    await world.service.api('preparer').post(`/api${path}/stage`, { stage: 'withdrawn' });
    await visitor.press(visitor.form);
    expect(visitor.status).toBe(409);
    expect(visitor.html).toContain('This is a last stage');
  });

  it('done, from which no way leads back, is asked about once, with the days as they would be', async () => {
    const path = await world.started();
    const standing = async () => (await world.service.api('preparer').get(`/api${path}`)).body;
    await world.service.api('preparer').post(`/api${path}/stage`, { stage: 'prepared' }).expect(200);
    const visitor = await world.as('preparer').open(`${path}/stage`);
    visitor.form.fill('stage', 'done');
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.path, visitor.html.includes('There is no way back.')]).toEqual([200, `${path}/stage/done`, true]);
    expect(visitor.html).toMatch(/If you confirm it today.*Readable until.*March 2, 2027/s);
    expect(await standing()).toMatchObject({ stage: 'prepared', version: 2 });
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.path]).toEqual([200, `${path}/stage?said=staged`]);
    expect(await standing()).toMatchObject({ stage: 'done', version: 3 });
    expect((await visitor.open(`${path}/stage/done`)).path).toBe(`${path}/stage`);
  });

  it('that is a last one asks for nothing more, and lets a wrong answer be put right while it lives, as the API does', async () => {
    const path = await world.started();
    const needed = 'Often needed and still blank';
    const review = await world.as('preparer').open(`${path}/review`);
    expect([review.html.includes(needed), review.html.includes('Each topic can be changed.')]).toEqual([true, true]);
    await world.service.api('preparer').post(`/api${path}/stage`, { stage: 'withdrawn' }).expect(200);
    await world.patch(path, 2, { taxpayer: { firstName: 'Inez' } });
    await review.open(`${path}/review`);
    expect([review.html.includes(needed), review.html.includes('blank.')]).toEqual([false, false]);
    expect(review.html).toContain(`href="${path}/you"`);
    const visitor = await review.open(`${path}/you`);
    visitor.form.fill('taxpayer.firstName', 'Inês');
    await visitor.press(visitor.form, 1);
    expect(visitor.path).toBe(`${path}/review?said=saved`);
    expect(await world.stored(path)).toMatchObject({ taxpayer: { firstName: 'Inês' } });
    const { body } = await world.service.api('preparer').get(`/api${path}?fields=taxpayer`);
    expect(body).toMatchObject({ stage: 'withdrawn', version: 4, due: { identity: '2027-03-03' } });
  });

  it('of a rejected return lets numbers be entered anew', async () => {
    const path = await world.started();
    for (const stage of ['prepared', 'filed', 'rejected']) await world.service.api('preparer').post(`/api${path}/stage`, { stage });
    await world.service.databases.keysOwner(`UPDATE life_share SET due_day = '2027-01-31' WHERE intake_id = $1 AND class = 'credentials'`, [path.slice(9)]);
    const visitor = await world.as('preparer').open(`${path}/numbers`);
    expect([visitor.status, visitor.form.valueOf('taxpayer.taxpayerId')]).toEqual([200, '']);
    expect(visitor.html).not.toContain('Destroyed; closed since');
    visitor.form.fill('taxpayer.taxpayerId', '400-00-5588');
    await visitor.press(visitor.form);
    expect(visitor.path).toBe(`${path}/consents?said=saved`);
    expect((await world.stored(path, 'taxpayer.taxpayerId'))['taxpayer']).toEqual({ taxpayerId: '400-00-5588' });
  });
});

describe('the list', () => {
  it('goes on page by page', async () => {
    for (let count = 0; count < 51; count++) await world.started({});
    const visitor = await world.as('preparer').open('/intakes');
    const rows = () => new Set([...visitor.html.matchAll(/href="(\/intakes\/[0-9a-f-]{36})"/g)].map(([, path]) => path));
    const first = rows();
    expect(first.size).toBe(50);
    await visitor.follow('Older intakes');
    expect([...rows()].filter((path) => first.has(path))).toEqual([]);
    expect((await visitor.open('/intakes?cursor=x')).status).toBe(422);
  });

  it('says what goes within a week, and of what is not asked here nothing', async () => {
    const path = await world.started();
    const row = async () => new RegExp(`href="${path}".*?</tr>`, 's').exec((await world.as('preparer').open('/intakes')).html)![0];
    const due = (name: string, on: string) =>
      world.service.databases.keysOwner('UPDATE life_share SET due_day = $1 WHERE intake_id = $2 AND class = $3', [on, path.slice(9), name]);
    await due('credentials', '2027-02-20');
    await due('notes', '2027-02-03'); // not asked here
    expect(await row()).not.toContain('Gone');
    await due('identity', '2027-02-04');
    await due('address', '2027-02-04');
    expect(await row()).toContain('Gone in 3 days: names and birth dates and mailing addresses');
    await due('contact', '2027-02-02');
    expect(await row()).toContain('Gone tomorrow: contact details');
    await due('credentials', '2027-02-02');
    expect(await row()).toMatch(/Gone tomorrow: .*taxpayer and bank numbers \(if entered\)/);
  });

  it('says until when names and answers can be read, and of consents that are kept longer only once nothing else lives', async () => {
    const path = await world.started({ ...ANSWERS, consents: { form15080Version: 'Oct. 2025', form15080GivenOn: '2027-01-20' } });
    const row = async () => new RegExp(`href="${path}".*?</tr>`, 's').exec((await world.as('preparer').open('/intakes')).html)![0];
    const { body } = await world.service.api('preparer').get(`/api${path}?fields=consents,taxpayer`);
    expect(body.due).toMatchObject({ identity: '2027-03-03', consents: '2027-12-31' });
    expect(await row()).toContain('March 2, 2027');
    expect(await row()).not.toContain('December 30, 2027');
    await world.service.databases.keysOwner(`UPDATE life_share SET due_day = '2027-02-01' WHERE intake_id = $1 AND class <> 'consents'`, [path.slice(9)]);
    expect(await row()).toContain('December 30, 2027');
  });

  it('counts the days by the zone in which the day of destruction begins, where the site has moved east', async () => {
    const path = await world.started();
    await world.service.databases.keysOwner(`UPDATE life_share SET due_day = '2027-02-02' WHERE intake_id = $1 AND class = 'contact'`, [path.slice(9)]);
    await world.service.api('administrator').patch('/api/site', { timeZone: 'Pacific/Guam' }).expect(200); // where the second has begun
    const { html } = await world.as('preparer').open('/intakes');
    expect(new RegExp(`href="${path}".*?</tr>`, 's').exec(html)![0]).toContain('Gone tomorrow: contact details');
  });

  it('says of what a legal hold keeps past its day that it is kept, and not that it is destroyed', async () => {
    const [kept, gone] = [await world.started(), await world.started()];
    const idOf = (path: string) => path.slice(9);
    await world.service.api('administrator').post('/api/holds', { matter: '2027-CV-0142', scope: { intakes: [idOf(kept)] } }).expect(201);
    await world.service.databases.keysOwner(`UPDATE life_share SET due_day = '2027-02-01' WHERE intake_id = ANY ($1)`, [[idOf(kept), idOf(gone)]]);
    const { html } = await world.as('preparer').open('/intakes');
    const row = (path: string) => new RegExp(`href="${path}".*?</tr>`, 's').exec(html)![0];
    expect(row(kept)).toContain('Kept past its day by a legal hold');
    expect(row(kept)).not.toContain('destroyed');
    expect(row(gone)).toContain('All destroyed');
    const { body } = await world.service.api('preparer').get('/api/intakes');
    const listed = (path: string) => (body.intakes as { id: string; due: object; preserved?: boolean }[]).find(({ id }) => id === idOf(path));
    expect([listed(kept), listed(gone)]).toMatchObject([{ due: {}, preserved: true }, { due: {} }]);
    expect(listed(gone)).not.toHaveProperty('preserved');
  });

  it('offers the tax year that is filed now, and five before it', async () => {
    const visitor = await world.as('preparer').open('/intakes/new');
    expect(visitor.form.valueOf('taxYear')).toBe('2026');
    const body = visitor.form.body();
    body.set('taxYear', '1999');
    expect((await visitor.send('/intakes', body)).status).toBe(422);
  });
});
