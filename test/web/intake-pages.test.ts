import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANSWERS, startPagesWorld, type PagesWorld } from './pages-world.js';

const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;b>`;

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
});
afterAll(() => world.service.stop());

describe('the door to intakes', () => {
  it('is for preparers', async () => {
    const path = await world.started();
    for (const role of ['administrator', 'auditor'] as const) {
      for (const page of ['/intakes', '/intakes/new', path, `${path}/you`, `${path}/review`, `${path}/household`, `${path}/stage`]) {
        const visitor = await world.as(role).open(page);
        expect([role, page, visitor.status]).toEqual([role, page, 403]);
        expect(visitor.html).not.toContain('Ferreira');
      }
    }
    expect((await world.as().open(`${path}/you`)).path).toBe('/sign-in');
  });

  it('leads to the first topic while nothing was saved, and to everything entered after that', async () => {
    const path = await world.started({});
    const visitor = await world.as('preparer').open(path);
    expect(visitor.path).toBe(`${path}/you`);
    visitor.form.fill('taxpayer.firstName', 'Ana');
    await visitor.press(visitor.form);
    expect((await visitor.open(path)).path).toBe(`${path}/review`);
    await visitor.follow('Date of birth');
    expect(visitor.path).toBe(`${path}/you`);
  });

  it('points out what is blank and often needed of a spouse where there is one, and of each person', async () => {
    const household = [{ firstName: 'Rui', relationship: 'child' }, { dateOfBirth: '2018-08-08' }];
    const path = await world.started({ ...ANSWERS, household, address: { street: '1 Elm St', city: 'Reno', state: 'NV', zip: '89501' } });
    const blank = async () => {
      const { html } = await world.as('preparer').open(`${path}/review`);
      return [...html.slice(html.indexOf('id="missing"'), html.indexOf('class="tf-review"')).matchAll(/href="([^"]*)"[^>]*>(.*?)<\/a>/gs)].map(([, to, label]) => `${label!.replaceAll(/<[^>]*>/g, '')} ${to!.slice(path.length)}`);
    };
    const ofPeople = [
      ...['Last or family name', 'Date of birth'].map((label) => `Rui: ${label} /household#person-1`),
      ...['First or given name', 'Last or family name', 'Relationship to the taxpayer'].map((label) => `Person 2: ${label} /household#person-2`),
    ];
    expect(await blank()).toEqual(ofPeople);
    await world.patch(path, 1, { situation: { maritalStatus: 'married' }, spouse: { firstName: 'Bo' }, household: [] });
    expect(await blank()).toEqual(['Your spouse: Last or family name /spouse', 'Your spouse: Date of birth /spouse']);
  });

  it('shows nothing at an address that is none', async () => {
    const path = await world.started();
    const pages = ['/intakes/1', '/intakes/00000000-0000-4000-8000-000000000000/you', `${path}/passport`, `${path}/household/0`];
    for (const page of pages) expect([page, (await world.as('preparer').open(page)).status]).toEqual([page, 404]);
  });
});

describe('the number of an intake', () => {
  it('stands on the page of everything entered, for whoever has to tell it to an administrator', async () => {
    const path = await world.started();
    expect((await world.as('preparer').open(`${path}/review`)).html).toContain(`Intake number, for an administrator who asks for it: <code class="tf-break">${path.slice('/intakes/'.length)}</code>`);
  });
});

describe('a form that did not come from our page', () => {
  it.each([
    { why: 'no value of the session', change: (body: URLSearchParams) => body.delete('_csrf') },
    { why: 'a value of another session', change: (body: URLSearchParams) => body.set('_csrf', 'AAAA') },
  ])('is refused: $why', async ({ change }) => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/you`);
    visitor.form.fill('taxpayer.firstName', 'Mallory');
    const body = visitor.form.body();
    change(body);
    expect((await visitor.send(`${path}/you`, body)).status).toBe(403);
    expect(await world.stored(path)).toMatchObject({ taxpayer: { firstName: 'Ines' } });
  });

  it.each([{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }])('is refused: %j', async (headers) => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/stage`);
    visitor.form.fill('stage', 'prepared');
    expect((await visitor.send(`${path}/stage`, visitor.form.body(), headers)).status).toBe(403);
    expect((await world.service.api('preparer').get(`/api${path}?fields=taxpayer`)).body.stage).toBe('open');
  });

  it.each([
    { why: 'a field twice', change: (body: URLSearchParams) => body.append('taxpayer.firstName', 'Mallory') },
    { why: 'a field of another page', change: (body: URLSearchParams) => body.append('contact.phone', '2025550199') },
    { why: 'a field that nobody may ask', change: (body: URLSearchParams) => body.append('taxpayer.usCitizen', 'yes') },
    { why: 'no version', change: (body: URLSearchParams) => body.delete('version') },
    { why: 'a version that is none', change: (body: URLSearchParams) => body.set('version', '1e3') },
  ])('is refused: $why', async ({ change }) => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/you`);
    const body = visitor.form.body();
    change(body);
    await visitor.send(`${path}/you`, body);
    expect(visitor.status).toBe(400);
    expect(visitor.html).not.toMatch(/Mallory|usCitizen/);
    expect(await world.stored(path)).toMatchObject({ taxpayer: { firstName: 'Ines' } });
  });
});

describe('one topic', () => {
  it('opens its own answers and the name above them, and nothing else', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/marital-status`);
    expect(visitor.html).toContain('Ines Ferreira');
    // A whole value in quotes, or words: identifiers and tokens hold short strings by chance.
    expect(visitor.html).not.toMatch(/400-00-5555|2025550155|[">\s](?:1990|Rui)\b/);
    const { body } = await world.service.api('auditor').get(`/api/audit/events?intake=${path.slice(9)}&kind=answers.read`);
    expect(body.events[0].subject.fields).toEqual(expect.arrayContaining(['taxpayer.firstName', 'situation.maritalStatus']));
    expect(body.events[0].subject.fields.filter((field: string) => !field.startsWith('situation.'))).toEqual([
      ...['taxpayer.firstName', 'taxpayer.lastName', 'taxpayer.suffix'],
    ]);
    expect(body.events[0].context.purpose).toBe('prepare');
  });

  it('takes one answer off by blanking it, and leaves other pages alone', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/you`);
    for (const part of ['month', 'day', 'year']) visitor.form.fill(`taxpayer.dateOfBirth.${part}`, '');
    await visitor.press(visitor.form, 1);
    expect(visitor.path).toBe(`${path}/review?said=saved`);
    expect(visitor.html).toContain('Saved.');
    const { taxpayerId: _number, dateOfBirth: _blanked, ...taxpayer } = ANSWERS.taxpayer;
    expect(await world.stored(path)).toMatchObject({ taxpayer, contact: ANSWERS.contact });
    expect((await world.stored(path))['taxpayer']).not.toHaveProperty('dateOfBirth');
    expect((await world.stored(path, 'taxpayer.taxpayerId'))['taxpayer']).toEqual({ taxpayerId: '400-00-5555' });
  });

  it('that is filled in wrongly comes back whole, saves nothing, and still knows which version it was made from', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/you`);
    visitor.form.fill('taxpayer.firstName', 'Agnes');
    visitor.form.fill('taxpayer.dateOfBirth.month', '2');
    visitor.form.fill('taxpayer.dateOfBirth.day', '31');
    await visitor.press(visitor.form);
    expect(visitor.status).toBe(422);
    expect(visitor.html).toContain('<title>Error: ');
    expect(visitor.form.valueOf('taxpayer.firstName')).toBe('Agnes');
    expect(visitor.form.valueOf('taxpayer.dateOfBirth.day')).toBe('31');
    await world.patch(path, 1, { contact: { phone: '2025550156' } });
    visitor.form.fill('taxpayer.dateOfBirth.day', '28');
    expect((await visitor.press(visitor.form)).status).toBe(409);
    expect(await world.stored(path)).toMatchObject({ taxpayer: { firstName: 'Ines', dateOfBirth: '1990-01-02' } });
  });

  it('shows hostile answers as what they are', async () => {
    const path = await world.started({ ...ANSWERS, taxpayer: { ...ANSWERS.taxpayer, firstName: HOSTILE.slice(0, 40), jobTitle: HOSTILE } });
    const visitor = await world.as('preparer').open(`${path}/you`);
    expect(visitor.form.valueOf('taxpayer.jobTitle')).toBe(HOSTILE);
    await visitor.press(visitor.form);
    for (const page of ['/intakes', `${path}/you`, `${path}/review`, `${path}/stage`, `${path}/household`]) {
      expect((await visitor.open(page)).html).not.toMatch(/<script|<img/);
    }
    expect(await world.stored(path)).toMatchObject({ taxpayer: { firstName: HOSTILE.slice(0, 40), jobTitle: HOSTILE } });
  });
});

describe('a topic that somebody else saved meanwhile', () => {
  it('comes back with both answers side by side, and is saved over theirs when that is wanted', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/contact`);
    visitor.form.fill('contact.phone', '(202) 555-0199');
    visitor.form.fill('address.city', 'Baltimore');
    await world.patch(path, 1, { contact: { phone: '2025550144', email: 'ines@example.org' } });
    await visitor.press(visitor.form);
    expect(visitor.status).toBe(409);
    for (const shown of ['(202) 555-0199', '(202) 555-0144', 'ines@example.org', 'Baltimore']) expect(visitor.html).toContain(shown);
    expect(visitor.form.valueOf('contact.phone')).toBe('(202) 555-0199');
    expect(visitor.form.valueOf('contact.email')).toBe('ines@example.org');
    expect((await world.stored(path))['contact']).toEqual({ phone: '2025550144', email: 'ines@example.org' });

    await visitor.press(visitor.form);
    expect(visitor.path).toBe(`${path}/marital-status?said=saved`);
    expect((await world.stored(path))['contact']).toEqual({ phone: '2025550199', email: 'ines@example.org' });
  });

  it('is saved already when both typed the same in other ways', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/contact`);
    visitor.form.fill('contact.phone', '202.555.0144');
    await world.patch(path, 1, { contact: { phone: '2025550144' } });
    await visitor.press(visitor.form);
    expect(visitor.path).toBe(`${path}/marital-status?said=saved`);
  });
});
