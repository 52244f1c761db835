import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';
import { WebVisitor } from '../support/web-visitor.js';

const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;b>`;
const ANSWERS = {
  taxpayer: { firstName: 'Ines', lastName: 'Ferreira', dateOfBirth: '1990-01-02', taxpayerId: '400-00-5555' },
  household: [
    { firstName: 'Rui', lastName: 'Ferreira', dateOfBirth: '2015-05-05', relationship: 'child', taxpayerId: '400-00-5556' },
    { firstName: 'Lia', lastName: 'Ferreira', dateOfBirth: '2018-08-08', relationship: 'child', taxpayerId: '400-00-5557' },
  ],
  contact: { phone: '2025550155' },
  situation: { maritalStatus: 'single' },
};

let service: TestService;
let preparer: ApiClient;
beforeAll(async () => {
  service = await startTestService();
  preparer = service.api('preparer');
});
afterAll(() => service.stop());

const as = (role?: string) => new WebVisitor(service.url, service.members.find((member) => member.role === role)?.token);

async function started(answers: object = ANSWERS): Promise<string> {
  const { body } = await preparer.post('/api/intakes', { taxYear: 2026, answers });
  return `/intakes/${body.id}`;
}

async function stored(path: string, fields = 'taxpayer,household,contact,situation,notes'): Promise<Record<string, never>> {
  return (await preparer.get(`/api${path}?fields=${fields}`)).body.answers;
}

describe('the door to intakes', () => {
  it('is for preparers', async () => {
    const path = await started();
    for (const role of ['administrator', 'auditor']) {
      for (const page of ['/intakes', '/intakes/new', path, `${path}/you`, `${path}/review`, `${path}/household/0`, `${path}/stage`]) {
        const visitor = await as(role).open(page);
        expect([role, page, visitor.status]).toEqual([role, page, 403]);
        expect(visitor.html).not.toContain('Ferreira');
      }
    }
    expect((await as().open(`${path}/you`)).path).toBe('/sign-in');
  });

  it('leads to the first topic while nothing was saved, and to everything entered after that', async () => {
    const path = await started({});
    const visitor = await as('preparer').open(path);
    expect(visitor.path).toBe(`${path}/you`);
    visitor.form.fill('taxpayer.firstName', 'Ana');
    await visitor.press(visitor.form);
    expect((await visitor.open(path)).path).toBe(`${path}/review`);
    await visitor.follow('Date of birth');
    expect(visitor.path).toBe(`${path}/you`);
  });

  it('shows nothing at an address that is none', async () => {
    const path = await started();
    const pages = ['/intakes/1', '/intakes/00000000-0000-4000-8000-000000000000/you', `${path}/passport`, `${path}/household/9`, `${path}/household/12`, `${path}/household/x`];
    for (const page of pages) expect([page, (await as('preparer').open(page)).status]).toEqual([page, 404]);
  });
});

describe('a form that did not come from our page', () => {
  it.each([
    { why: 'no value of the session', change: (body: URLSearchParams) => body.delete('_csrf') },
    { why: 'a value of another session', change: (body: URLSearchParams) => body.set('_csrf', 'AAAA') },
  ])('is refused: $why', async ({ change }) => {
    const path = await started();
    const visitor = await as('preparer').open(`${path}/you`);
    visitor.form.fill('taxpayer.firstName', 'Mallory');
    const body = visitor.form.body();
    change(body);
    expect((await visitor.send(`${path}/you`, body)).status).toBe(403);
    expect(await stored(path)).toMatchObject({ taxpayer: { firstName: 'Ines' } });
  });

  it.each([{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }])('is refused: %j', async (headers) => {
    const path = await started();
    const visitor = await as('preparer').open(`${path}/stage`);
    visitor.form.fill('stage', 'abandoned');
    expect((await visitor.send(`${path}/stage`, visitor.form.body(), headers)).status).toBe(403);
    expect((await preparer.get(`/api${path}?fields=taxpayer`)).body.stage).toBe('open');
  });

  it.each([
    { why: 'a field twice', change: (body: URLSearchParams) => body.append('taxpayer.firstName', 'Mallory') },
    { why: 'a field of another page', change: (body: URLSearchParams) => body.append('contact.phone', '2025550199') },
    { why: 'a field that nobody may ask', change: (body: URLSearchParams) => body.append('taxpayer.usCitizen', 'yes') },
    { why: 'no version', change: (body: URLSearchParams) => body.delete('version') },
    { why: 'a version that is none', change: (body: URLSearchParams) => body.set('version', '1e3') },
  ])('is refused: $why', async ({ change }) => {
    const path = await started();
    const visitor = await as('preparer').open(`${path}/you`);
    const body = visitor.form.body();
    change(body);
    await visitor.send(`${path}/you`, body);
    expect(visitor.status).toBe(400);
    expect(visitor.html).not.toMatch(/Mallory|usCitizen/);
    expect(await stored(path)).toMatchObject({ taxpayer: { firstName: 'Ines' } });
  });
});

describe('one topic', () => {
  it('opens its own answers and the name above them, and nothing else', async () => {
    const path = await started();
    const visitor = await as('preparer').open(`${path}/marital-status`);
    expect(visitor.html).toContain('Ines Ferreira');
    for (const other of ['400-00-5555', '2025550155', '1990', 'Rui']) expect(visitor.html).not.toContain(other);
    const { body } = await service.api('auditor').get(`/api/audit/events?intake=${path.slice(9)}&kind=answers.read`);
    expect(body.events[0].subject.fields).toEqual(expect.arrayContaining(['taxpayer.firstName', 'situation.maritalStatus']));
    expect(body.events[0].subject.fields.filter((field: string) => !field.startsWith('situation.'))).toEqual([
      ...['taxpayer.firstName', 'taxpayer.lastName', 'taxpayer.suffix'],
    ]);
    expect(body.events[0].context.purpose).toBe('prepare');
  });

  it('takes one answer off by blanking it, and leaves other pages alone', async () => {
    const path = await started();
    const visitor = await as('preparer').open(`${path}/you`);
    for (const part of ['month', 'day', 'year']) visitor.form.fill(`taxpayer.dateOfBirth.${part}`, '');
    await visitor.press(visitor.form, 1);
    expect(visitor.path).toBe(`${path}/review?said=saved`);
    expect(visitor.html).toContain('Saved.');
    const { taxpayerId: _number, dateOfBirth: _blanked, ...taxpayer } = ANSWERS.taxpayer;
    expect(await stored(path)).toMatchObject({ taxpayer, contact: ANSWERS.contact });
    expect((await stored(path))['taxpayer']).not.toHaveProperty('dateOfBirth');
    expect((await stored(path, 'taxpayer.taxpayerId'))['taxpayer']).toEqual({ taxpayerId: '400-00-5555' });
  });

  it('that is filled in wrongly comes back whole, saves nothing, and still knows which version it was made from', async () => {
    const path = await started();
    const visitor = await as('preparer').open(`${path}/you`);
    visitor.form.fill('taxpayer.firstName', 'Agnes');
    visitor.form.fill('taxpayer.dateOfBirth.month', '2');
    visitor.form.fill('taxpayer.dateOfBirth.day', '31');
    await preparer.patch(`/api${path}`, { version: 1, answers: { contact: { phone: null } } });
    const stale = visitor.form;
    await preparer.patch(`/api${path}`, { version: 2, answers: {} });
    await visitor.press(stale);
    expect(visitor.status).toBe(409);

    await visitor.open(`${path}/you`);
    visitor.form.fill('taxpayer.firstName', 'Agnes');
    visitor.form.fill('taxpayer.dateOfBirth.month', '2');
    visitor.form.fill('taxpayer.dateOfBirth.day', '31');
    await visitor.press(visitor.form);
    expect(visitor.status).toBe(422);
    expect(visitor.html).toContain('<title>Error: ');
    expect(visitor.form.valueOf('taxpayer.firstName')).toBe('Agnes');
    expect(visitor.form.valueOf('taxpayer.dateOfBirth.day')).toBe('31');
    await preparer.patch(`/api${path}`, { version: 3, answers: { contact: { phone: '2025550156' } } });
    visitor.form.fill('taxpayer.dateOfBirth.day', '28');
    expect((await visitor.press(visitor.form)).status).toBe(409);
    expect(await stored(path)).toMatchObject({ taxpayer: { firstName: 'Ines', dateOfBirth: '1990-01-02' } });
  });

  it('shows hostile answers as what they are', async () => {
    const path = await started({ ...ANSWERS, taxpayer: { ...ANSWERS.taxpayer, firstName: HOSTILE.slice(0, 40), jobTitle: HOSTILE } });
    const visitor = await as('preparer').open(`${path}/you`);
    expect(visitor.form.valueOf('taxpayer.jobTitle')).toBe(HOSTILE);
    await visitor.press(visitor.form);
    for (const page of ['/intakes', `${path}/you`, `${path}/review`, `${path}/stage`, `${path}/household`]) {
      expect((await visitor.open(page)).html).not.toMatch(/<script|<img/);
    }
    expect(await stored(path)).toMatchObject({ taxpayer: { firstName: HOSTILE.slice(0, 40), jobTitle: HOSTILE } });
  });
});

describe('a topic that somebody else saved meanwhile', () => {
  it('comes back with both answers side by side, and is saved over theirs when that is wanted', async () => {
    const path = await started();
    const visitor = await as('preparer').open(`${path}/contact`);
    visitor.form.fill('contact.phone', '(202) 555-0199');
    visitor.form.fill('address.city', 'Baltimore');
    await preparer.patch(`/api${path}`, { version: 1, answers: { contact: { phone: '2025550144', email: 'ines@example.org' } } });
    await visitor.press(visitor.form);
    expect(visitor.status).toBe(409);
    for (const shown of ['(202) 555-0199', '(202) 555-0144', 'ines@example.org', 'Baltimore']) expect(visitor.html).toContain(shown);
    expect(visitor.form.valueOf('contact.phone')).toBe('(202) 555-0199');
    expect(visitor.form.valueOf('contact.email')).toBe('');
    expect((await stored(path))['contact']).toEqual({ phone: '2025550144', email: 'ines@example.org' });

    visitor.form.fill('contact.email', 'ines@example.org');
    await visitor.press(visitor.form);
    expect(visitor.path).toBe(`${path}/marital-status?said=saved`);
    expect((await stored(path))['contact']).toEqual({ phone: '2025550199', email: 'ines@example.org' });
  });

  it('says so when both typed the same in other ways', async () => {
    const path = await started();
    const visitor = await as('preparer').open(`${path}/contact`);
    visitor.form.fill('contact.phone', '202.555.0144');
    await preparer.patch(`/api${path}`, { version: 1, answers: { contact: { phone: '2025550144' } } });
    await visitor.press(visitor.form);
    expect(visitor.status).toBe(409);
    expect(visitor.html).toContain('the same as what is stored now');
  });
});

describe('people of the household', () => {
  it('are added, changed and taken out by place, and the others keep their numbers', async () => {
    const path = await started();
    const visitor = await as('preparer').open(`${path}/household`);
    await visitor.follow('Add a person');
    expect(visitor.path).toBe(`${path}/household/2`);
    visitor.form.fill('household.2.firstName', 'Avó');
    visitor.form.fill('household.2.relationship', 'parent');
    await visitor.press(visitor.form);
    expect(visitor.path).toBe(`${path}/household?said=saved`);

    await visitor.open(`${path}/household/1`);
    visitor.form.fill('household.1.monthsLivedInHome', '12');
    await visitor.press(visitor.form);
    await visitor.open(`${path}/household/0/remove`);
    expect(visitor.html).toContain('Rui Ferreira');
    await visitor.press(visitor.form);
    expect(visitor.path).toBe(`${path}/household?said=removed`);

    const [, lia] = ANSWERS.household;
    const { household } = await stored(path, 'household,household.taxpayerId');
    expect(household).toEqual([{ ...lia, monthsLivedInHome: 12 }, { firstName: 'Avó', relationship: 'parent' }]);
  });

  it('are not taken out of a list that changed since it was looked at', async () => {
    const path = await started();
    const visitor = await as('preparer').open(`${path}/household/0/remove`);
    await preparer.patch(`/api${path}`, { version: 1, answers: { household: [ANSWERS.household[1]] } });
    await visitor.press(visitor.form);
    expect(visitor.status).toBe(409);
    expect(visitor.html).toContain('Lia Ferreira');
    expect((await stored(path))['household']).toHaveLength(1);
  });

  it('whom somebody else moved are compared before they are saved', async () => {
    const path = await started();
    const visitor = await as('preparer').open(`${path}/household/1`);
    visitor.form.fill('household.1.relationship', 'niece');
    await preparer.patch(`/api${path}`, { version: 1, answers: { household: [ANSWERS.household[1]] } });
    await visitor.press(visitor.form);
    expect(visitor.status).toBe(409);
    expect((await stored(path))['household']).toHaveLength(1);
    await visitor.press(visitor.form);
    expect((await stored(path))['household']).toMatchObject([{ firstName: 'Lia', relationship: 'child' }, { firstName: 'Lia', relationship: 'niece' }]);
  });

  it('are twelve at most', async () => {
    const path = await started({ household: Array.from({ length: 12 }, (_, at) => ({ firstName: `Person ${at}` })) });
    const visitor = await as('preparer').open(`${path}/household`);
    expect(visitor.html).toContain('Twelve people');
    expect(visitor.html).not.toContain('Add a person');
  });
});

describe('numbers', () => {
  it('are opened on their own page alone', async () => {
    const path = await started();
    const visitor = as('preparer');
    for (const page of ['/intakes', ...['/you', '/review', '/household', '/household/0', '/stage'].map((page) => path + page)]) {
      expect((await visitor.open(page)).html).not.toMatch(/400-00-555\d/);
    }
    await visitor.open(`${path}/numbers`);
    expect(visitor.form.valueOf('taxpayer.taxpayerId')).toBe('400-00-5555');
    expect(visitor.form.valueOf('household.1.taxpayerId')).toBe('400-00-5557');
    visitor.form.fill('household.0.taxpayerId', '400 00 5559');
    visitor.form.fill('taxpayer.taxpayerId', '');
    await visitor.press(visitor.form);
    expect(visitor.path).toBe(`${path}/consents?said=saved`);
    const [rui, lia] = ANSWERS.household;
    expect((await stored(path, 'household,household.taxpayerId'))['household']).toEqual([{ ...rui, taxpayerId: '400-00-5559' }, lia]);
    expect((await stored(path, 'taxpayer.taxpayerId'))['taxpayer']).toBeUndefined();
  });

  it('have no page where a site does not collect them', async () => {
    const other = await startTestService({ credentials: false });
    try {
      const { body } = await other.api('preparer').post('/api/intakes', { taxYear: 2026 });
      const visitor = new WebVisitor(other.url, other.members[0]!.token);
      expect((await visitor.open(`/intakes/${body.id}/numbers`)).status).toBe(404);
      for (const page of ['/intakes', '/intakes/new', `/intakes/${body.id}/you`, `/intakes/${body.id}/review`]) {
        expect((await visitor.open(page)).html).not.toMatch(/Numbers|Taxpayer and bank numbers|name="taxpayerId"/);
      }
    } finally {
      await other.stop();
    }
  });
});

describe('the search', () => {
  const found = (visitor: WebVisitor) => [...visitor.html.matchAll(/href="(\/intakes\/[0-9a-f-]{36})"/g)].map(([, path]) => path);

  async function search(way: number, typed: Readonly<Record<string, string>>): Promise<WebVisitor> {
    const visitor = await as('preparer').open('/intakes');
    for (const [name, value] of Object.entries(typed)) visitor.forms[way]!.fill(name, value);
    return visitor.press(visitor.forms[way]!);
  }

  it('finds by telephone, by name and birth date, and by number, and keeps what was typed out of the address', async () => {
    const taxpayer = { firstName: 'Zoë', lastName: 'Núñez', dateOfBirth: '1971-03-04', taxpayerId: '400-00-7777' };
    const path = await started({ taxpayer, contact: { phone: '2025550177' } });
    const birth = { 'dateOfBirth.month': '3', 'dateOfBirth.day': '4', 'dateOfBirth.year': '1971' };
    for (const [way, typed] of [{ phone: '(202) 555-0177' }, { lastName: 'nunez', ...birth }, { taxpayerId: '400007777' }].entries()) {
      const visitor = await search(way, typed);
      expect([visitor.status, visitor.path, found(visitor)]).toEqual([200, '/intakes/search', [path]]);
      expect(visitor.html).toContain('Zoë Núñez');
    }
    expect(found(await search(0, { phone: '2025550178' }))).toEqual([]);
  });

  it('says which box is wrong', async () => {
    const visitor = await search(1, { lastName: 'Núñez', 'dateOfBirth.month': '2', 'dateOfBirth.day': '31', 'dateOfBirth.year': '1971' });
    expect(visitor.status).toBe(422);
    expect(visitor.html).toContain('href="#answer-dateOfBirth"');
    expect(visitor.html).not.toContain('href="#answer-lastName"');
    expect((await search(0, { phone: '' })).status).toBe(422);
  });
});

describe('the stage', () => {
  it('is not changed by a page that is older than the intake, nor without a choice', async () => {
    const path = await started();
    const visitor = await as('preparer').open(`${path}/stage`);
    await visitor.press(visitor.form);
    expect(visitor.status).toBe(422);
    visitor.form.fill('stage', 'prepared');
    await preparer.post(`/api${path}/stage`, { stage: 'withdrawn' });
    await visitor.press(visitor.form);
    expect(visitor.status).toBe(409);
    expect(visitor.html).toContain('This is a last stage');
    expect((await visitor.open(`${path}/review`)).html).not.toContain(`href="${path}/you"`);
  });

  it('of a rejected return lets numbers be entered anew', async () => {
    const path = await started();
    for (const stage of ['prepared', 'filed', 'rejected']) await preparer.post(`/api${path}/stage`, { stage });
    await service.databases.keysOwner(`UPDATE life_share SET due_day = '2027-01-31' WHERE intake_id = $1 AND class = 'credentials'`, [path.slice(9)]);
    const visitor = await as('preparer').open(`${path}/numbers`);
    expect([visitor.status, visitor.form.valueOf('taxpayer.taxpayerId')]).toEqual([200, '']);
    visitor.form.fill('taxpayer.taxpayerId', '400-00-5588');
    await visitor.press(visitor.form);
    expect(visitor.path).toBe(`${path}/consents?said=saved`);
    expect((await stored(path, 'taxpayer.taxpayerId'))['taxpayer']).toEqual({ taxpayerId: '400-00-5588' });
  });
});

describe('the list', () => {
  it('goes on page by page', async () => {
    for (let count = 0; count < 51; count++) await started({});
    const visitor = await as('preparer').open('/intakes');
    const rows = () => new Set([...visitor.html.matchAll(/href="(\/intakes\/[0-9a-f-]{36})"/g)].map(([, path]) => path));
    const first = rows();
    expect(first.size).toBe(50);
    await visitor.follow('Older intakes');
    expect([...rows()].filter((path) => first.has(path))).toEqual([]);
    expect((await visitor.open('/intakes?cursor=x')).status).toBe(422);
  });

  it('offers the tax year that is filed now, and five before it', async () => {
    const visitor = await as('preparer').open('/intakes/new');
    expect(visitor.form.valueOf('taxYear')).toBe('2026');
    const body = visitor.form.body();
    body.set('taxYear', '1999');
    expect((await visitor.send('/intakes', body)).status).toBe(422);
  });
});
