import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestClock } from '../support/test-clock.js';
import { PageClient } from './page-client.js';
import { startEmptyService } from './empty-service.js';
import { ANSWERS, startPagesWorld, type PagesWorld } from './pages-world.js';

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
});
afterAll(() => world.service.stop());

const count = async (table: string): Promise<number> => (await world.service.databases.recordsOwner(`SELECT FROM ${table}`)).length;

describe('a form that is sent twice', () => {
  const twice = async (path: string, body: URLSearchParams) => {
    const visitor = world.as('preparer');
    const first = { ...(await visitor.send(path, body)) };
    const second = await visitor.send(path, body);
    return [first, second].map(({ status, path: at }) => [status, at]);
  };

  it('saves once and says saved', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/contact`);
    visitor.form.fill('contact.phone', '(202) 555-0177');
    visitor.form.fill('contact.email', '');
    const saved = [200, `${path}/marital-status?said=saved`];
    expect(await twice(`${path}/contact`, visitor.form.body())).toEqual([saved, saved]);
    expect((await world.service.api('preparer').get(`/api${path}`)).body.version).toBe(2);
  });

  it('saves once when both arrive together', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/you`);
    visitor.form.fill('taxpayer.firstName', 'Agnes');
    const body = visitor.form.body();
    const both = await Promise.all([1, 2, 3].map(() => world.as('preparer').send(`${path}/you`, body)));
    expect(both.map(({ path: at }) => at)).toEqual(Array(3).fill(`${path}/contact?said=saved`));
    expect((await world.service.api('preparer').get(`/api${path}`)).body.version).toBe(2);
  });

  it('adds a person once', async () => {
    const path = await world.started({});
    const visitor = await world.as('preparer').open(`${path}/household`);
    visitor.form.fill('household.0.firstName', 'Rui');
    const added = [200, `${path}/income?said=saved`];
    expect(await twice(`${path}/household`, visitor.form.body())).toEqual([added, added]);
    expect((await world.stored(path))['household']).toEqual([{ firstName: 'Rui' }]);
  });

  it('takes a person out once, and never the next one', async () => {
    for (const place of [0, 1]) {
      const path = await world.started();
      const visitor = await world.as('preparer').open(`${path}/household`);
      visitor.form.fill(`household.${place}.remove`, 'yes');
      const [first, second] = await twice(`${path}/household`, visitor.form.body());
      expect([first, second]).toEqual(Array(2).fill([200, `${path}/income?said=saved`]));
      expect((await world.stored(path))['household']).toMatchObject([{ firstName: place === 0 ? 'Lia' : 'Rui' }]);
    }
  });

  it('takes nobody out who was put into that place meanwhile', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/household`);
    visitor.form.fill('household.0.remove', 'yes');
    const body = visitor.form.body();
    await visitor.send(`${path}/household`, body);
    const [, lia] = ANSWERS.household;
    await world.patch(path, 2, { household: [{ firstName: 'Noa' }, lia] });
    expect((await visitor.send(`${path}/household`, body)).status).toBe(409);
    expect((await world.stored(path))['household']).toMatchObject([{ firstName: 'Noa' }, { firstName: 'Lia' }]);
  });

  it('moves a stage once', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/stage`);
    visitor.form.fill('stage', 'prepared');
    const moved = [200, `${path}/stage?said=staged`];
    expect(await twice(`${path}/stage`, visitor.form.body())).toEqual([moved, moved]);
    expect((await world.service.api('preparer').get(`/api${path}?fields=contact`)).body).toMatchObject({ version: 2, stage: 'prepared' });
  });

  it('is still a conflict when somebody else saved something else', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/contact`);
    visitor.form.fill('contact.phone', '2025550101');
    const body = visitor.form.body();
    await visitor.send(`${path}/contact`, body);
    await world.patch(path, 2, { contact: { phone: '2025550102' } });
    expect((await visitor.send(`${path}/contact`, body)).status).toBe(409);
    expect((await world.stored(path))['contact']).toEqual({ ...ANSWERS.contact, phone: '2025550102' });
  });

  it('starts one run', async () => {
    const runs = await count('purge_run');
    const visitor = await world.as('administrator').open('/runs');
    const form = visitor.forms.find(({ action }) => action === '/runs')!;
    const [one, two] = await Promise.all([1, 2].map(() => world.as('administrator').send('/runs', form.body())));
    expect([one!.status, two!.status]).toEqual([200, 200]);
    expect(await count('purge_run')).toBeLessThanOrEqual(runs + 2);
  });

  it('leaves one invitation, and the link of the last answer opens it', async () => {
    const visitor = await world.as('administrator').open('/members');
    const form = visitor.forms.find(({ action }) => action === '/members/invitations')!;
    form.fill('name', 'Nia Cole');
    form.fill('email', 'nia@example.org');
    form.fill('role', 'auditor');
    const link = async () => /\/join\?token=[\w-]{43}/.exec((await visitor.send('/members/invitations', form.body())).html)![0];
    const [first, second] = [await link(), await link()];
    expect(await count('invitation WHERE email = \'nia@example.org\'')).toBe(1);
    expect([(await world.as().open(first!)).status, (await world.as().open(second!)).status]).toEqual([404, 200]);

    const join = (await world.as().open(second!)).form;
    for (const name of ['password', 'passwordAgain']) join.fill(name, 'a long walk by the harbor');
    const answers = await Promise.all([1, 2].map(() => world.as().send(join.action, join.body())));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect(answers.find(({ status }) => status === 404)!.html).toContain('If you have just used it yourself, your account is ready');
    expect(await count('member WHERE email = \'nia@example.org\'')).toBe(1);
  });

  it('disables and admits once, and says that it is done', async () => {
    const invite = (await world.as('administrator').open('/members')).forms.find(({ action }) => action === '/members/invitations')!;
    for (const [name, value] of Object.entries({ name: 'Omar Diaz', email: 'omar@example.org', role: 'preparer' })) invite.fill(name, value);
    const link = /\/join\?token=[\w-]{43}/.exec((await world.as('administrator').send('/members/invitations', invite.body())).html)![0];
    const join = (await world.as().open(link)).form;
    for (const name of ['password', 'passwordAgain']) join.fill(name, 'a long walk by the harbor');
    await world.as().send(join.action, join.body());
    const [omar] = await world.service.databases.recordsOwner<{ id: string }>(`SELECT id FROM member WHERE email = 'omar@example.org'`);

    const admit = (await world.as('preparer').open(`/members/${omar!.id}/admit`)).form;
    admit.fill('compared', 'same');
    const done = [200, '/members?said=admitted'];
    expect(await twice(admit.action, admit.body())).toEqual([done, done]);

    const disable = (await world.as('administrator').open(`/members/${omar!.id}/disable`)).form;
    const visitor = world.as('administrator');
    for (const _time of [1, 2]) expect((await visitor.send(disable.action, disable.body())).path).toBe('/members?said=disabled');
  });
});

describe('a set-up that is sent twice', () => {
  it('makes one organisation, and tells the second that the account is ready', async () => {
    const empty = await startEmptyService(new TestClock(new Date('2027-02-01T17:00:00Z')));
    try {
      const link = await empty.setUpLink();
      const password = 'nine quiet herons at dusk';
      const fields = { organisation: 'Harbor', siteName: 'Pier', timeZone: 'America/Chicago', name: 'Ada', email: 'ada@example.org', password, passwordAgain: password };
      const answers = await Promise.all([1, 2].map(() => new PageClient(empty.url).post(link, fields)));
      expect(answers.map(({ status }) => status).sort()).toEqual([303, 404]);
      expect(answers.find(({ status }) => status === 404)!.html).toContain('your account is ready');
    } finally {
      await empty.stop();
    }
  });
});
