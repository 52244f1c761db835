import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../src/access/signed-in.js';
import { signInAll } from '../../src/demo/members.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { Season } from '../retention/check/season.js';
import { keepingConsents } from '../support/keeping-policy.js';
import { WebVisitor } from '../support/web-visitor.js';

const ANSWERS = {
  taxpayer: { firstName: 'Ines', lastName: 'Ferreira' },
  spouse: { firstName: 'Rui', lastName: 'Ferreira' },
  consents: { form15080Version: 'Oct. 2025', form15080GivenOn: '2027-01-20', form15080SpouseGivenOn: '2027-01-21', form14446GivenOn: '2027-01-22' },
};

let season: Season;
let path: string;
let listed: string;
beforeAll(async () => {
  season = await Season.start('2027-02-01');
}, 120_000);
afterAll(() => season.end());

async function as(role: Role, page: string): Promise<WebVisitor> {
  const { app, members, url } = season.service;
  const [member] = await signInAll(app, [members.find((one) => one.role === role)!]);
  return new WebVisitor(url, member!.token).open(page);
}

async function started(answers: object): Promise<string> {
  return `/intakes/${(await season.service.api('preparer').post('/api/intakes', { taxYear: 2026, answers })).body.id as string}`;
}

describe('the pages of consents that are kept', () => {
  it('are not led to where none are kept', async () => {
    await started(ANSWERS);
    expect((await as('preparer', '/intakes')).html).not.toContain('/kept-consents');
    expect((await as('preparer', '/kept-consents')).html).toContain('No consents are kept here.');
    expect((await as('preparer', '/kept-consents/2027')).html).toContain('No consents are kept here.');
  });

  it('are led to from the list of intakes as soon as a policy is announced that keeps them', async () => {
    await season.publish(keepingConsents(1096), '2027-02-03');
    path = await started(ANSWERS);
    const years = await (await as('preparer', '/intakes')).follow('Consents that are kept');
    expect([years.status, years.path]).toEqual([200, '/kept-consents']);
    expect(years.html).not.toContain('Ferreira');
    expect(years.html).toContain('href="/intakes" aria-current="page"');
    for (const role of ['administrator', 'auditor'] as const) for (const page of ['/kept-consents', '/kept-consents/2027']) expect([role, page, (await as(role, page)).status]).toEqual([role, page, 403]);
  });

  it('show who gave what, when, and until when that can be read', async () => {
    const { html } = await (await as('preparer', '/kept-consents')).follow('2027');
    const rows = [...html.matchAll(/<tr><th scope="row".*?<\/tr>/gs)].map(([row]) => row.replace(/<[^>]*>/g, '|').replace(/\|+/g, '|'));
    expect(rows).toEqual([
      '|Ines Ferreira|Form 15080, version |Oct. 2025|January 20, 2027|2026|December 31, 2031|',
      '|Rui Ferreira| (spouse)|Form 15080, version |Oct. 2025|January 21, 2027|2026|December 31, 2031|',
      '|Ines Ferreira|Form 14446|January 22, 2027|2026|December 31, 2031|',
    ]);
    expect(html).toContain(`href="${path}/consents"`);
    expect((await as('preparer', '/kept-consents/1999')).status).toBe(404);
  });

  it('are there of a return that is on a preparer’s list as of any other', async () => {
    await season.service.api('administrator').patch('/api/site', { regime: 'compensated' }).expect(200);
    listed = await started(ANSWERS);
    const preparerList = { taxpayerId: '900-00-5555', returnType: '1040', preparedBy: 'Priya Preparer' };
    await season.service.api('preparer').post(`/api${listed}/stage`, { stage: 'prepared', preparerList }).expect(200);
    expect((await as('preparer', '/kept-consents/2027')).html).toContain(`href="${listed}/consents"`);
  });

  it('show as a text whatever was typed for a name or a version', async () => {
    const [name, version] = [`"'></bdi><script>alert(1)</script>`, '<b onclick=x>'];
    await started({ taxpayer: { firstName: name }, consents: { form14446Version: version, form14446GivenOn: '2027-01-20' } });
    const { html } = await as('preparer', '/kept-consents/2027');
    expect(html).not.toMatch(/<(?:script|b)\b/);
    for (const text of ['&lt;/bdi>&lt;script>alert(1)&lt;/script></bdi>', '<bdi>&lt;b onclick=x></bdi>']) expect(html).toContain(text);
  });

  it('lead to the intake while it is worked on, where the names are shown and not asked', async () => {
    const visitor = await as('preparer', `${path}/consents`);
    expect(visitor.form.valueOf('consents.form15080Version')).toBe('Oct. 2025');
    expect(visitor.form.names).not.toContain('consents.givenBy');
    expect((await as('preparer', path)).path).toBe(`${path}/you`);
  });

  it('lead to what is left of it in the years after: to be read, without a form', async () => {
    await season.on('2027-11-15');
    await season.run();
    const lastOfYear = await as('preparer', `${path}/consents`);
    expect(lastOfYear.form.names).toContain('consents.form15080Version');
    expect((await as('preparer', path)).path).toBe(`${path}/review`);
    await season.on('2028-01-02');
    await season.run();
    for (const from of [path, `${path}/review`]) expect([from, (await as('preparer', from)).path]).toEqual([from, `${path}/consents`]);
    const left = await (await as('preparer', '/kept-consents/2027')).follow('Ines Ferreira');
    expect([left.status, left.path]).toEqual([200, `${path}/consents`]);
    for (const text of ['Rui Ferreira', 'Oct. 2025', 'January 22, 2027', 'They cannot be changed any more', 'December 31, 2031', 'Destroyed; closed since']) expect([text, left.html.includes(text)]).toEqual([text, true]);
    expect(left.html).not.toContain('name="consents.');
    expect(left.html).not.toContain(`href="${path}/stage"`);
    expect((await as('preparer', `${path}/stage`)).path).toBe(`${path}/consents`);
    const erasure = await left.follow('Erase early, at the client’s own request');
    expect([erasure.status, erasure.form.names, erasure.html.includes(`href="${path}/stage"`)]).toEqual([200, expect.arrayContaining(['reason']), false]);
  });

  it('lead to the preparer’s list too, where that is left besides, and back', async () => {
    const consents = await as('preparer', listed);
    expect([consents.path, consents.html.includes('900-00-5555')]).toEqual([`${listed}/consents`, false]);
    const list = await consents.follow('On the preparer’s list');
    expect([list.path, list.html.includes('900-00-5555'), list.html.includes('name="preparerList.')]).toEqual([`${listed}/preparer-list`, true, false]);
    expect((await list.follow('Consents that are kept')).path).toBe(`${listed}/consents`);
  });

  it('are not what is asked for by whoever looks for the rest of an intake: that is gone', async () => {
    expect((await as('preparer', `${path}/you`)).status).toBe(410);
    const { status, body } = await (await season.on('2028-01-03')).get(`/api${path}`);
    expect([status, body.code]).toEqual([410, 'DESTROYED']);
  });

  it('are led to as long as there are any', async () => {
    await season.on('2028-01-04');
    await season.publish(DEFAULT_POLICY, '2028-02-10');
    await season.on('2028-02-09');
    expect((await as('preparer', '/intakes')).html).toContain('href="/kept-consents"');
    await season.on('2028-02-10');
    await season.run();
    expect((await as('preparer', '/intakes')).html).not.toContain('/kept-consents');
  });
});
