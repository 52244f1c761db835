import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestService } from '../support/test-service.js';
import { WebVisitor } from '../support/web-visitor.js';
import { ANSWERS, startPagesWorld, type PagesWorld } from './pages-world.js';

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
});
afterAll(() => world.service.stop());

const summary = ({ html }: WebVisitor) => [...html.matchAll(/<li><a class="usa-link" href="#[^"]*">([^<]*)</g)].map(([, line]) => line);

describe('people of the household', () => {
  it('are added, changed and taken out in one save, and the others keep their numbers', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/household`);
    visitor.form.fill('household.2.firstName', 'Avó');
    visitor.form.fill('household.2.relationship', 'parent');
    visitor.form.fill('household.1.monthsLivedInHome', '12');
    visitor.form.fill('household.0.remove', 'yes');
    await visitor.press(visitor.form);
    expect(visitor.path).toBe(`${path}/income?said=saved`);

    const [, lia] = ANSWERS.household;
    const { household } = await world.stored(path, 'household,household.taxpayerId');
    expect(household).toEqual([{ ...lia, monthsLivedInHome: 12 }, { firstName: 'Avó', relationship: 'parent' }]);
  });

  it('whom somebody else moved are compared before they are saved', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/household`);
    visitor.form.fill('household.1.relationship', 'niece');
    await world.patch(path, 1, { household: [ANSWERS.household[1]] });
    await visitor.press(visitor.form);
    expect(visitor.status).toBe(409);
    expect((await world.stored(path))['household']).toHaveLength(1);
    await visitor.press(visitor.form);
    expect((await world.stored(path))['household']).toMatchObject([{ firstName: 'Rui' }, { firstName: 'Lia', relationship: 'niece' }]);
  });

  it('who were marked to be taken out are still there after a conflict, until it is saved', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/household`);
    visitor.form.fill('household.0.remove', 'yes');
    await world.patch(path, 1, { contact: { preferredName: 'X' } });
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.html]).toEqual([409, expect.stringContaining('Rui')]);
    expect((await world.stored(path))['household']).toHaveLength(2);
    await visitor.press(visitor.form);
    expect((await world.stored(path))['household']).toMatchObject([{ firstName: 'Lia' }]);
  });

  it('who are marked to be taken out stay on a page that comes back, with their mark, which can be taken back', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/household`);
    const [rui, lia] = ANSWERS.household;
    const marked = () => [visitor.form.valueOf('household.0.remove'), visitor.form.valueOf('household.0.firstName')];
    visitor.form.fill('household.0.remove', 'yes');
    visitor.form.fill('household.1.monthsLivedInHome', '13');
    await visitor.press(visitor.form);
    expect([visitor.status, ...marked()]).toEqual([422, 'yes', rui!.firstName]);

    const switched = visitor.form.body();
    switched.delete('next');
    switched.set('_language', 'en');
    await visitor.send(visitor.form.action, switched);
    expect(marked()).toEqual(['yes', rui!.firstName]);

    visitor.form.fill('household.1.monthsLivedInHome', '12');
    const untouched = visitor.form.body();
    untouched.delete('household.0.remove');
    await visitor.send(visitor.form.action, untouched);
    expect((await world.stored(path))['household']).toMatchObject([{ firstName: rui!.firstName }, { firstName: lia!.firstName, monthsLivedInHome: 12 }]);
  });

  it('are taken out whole, whatever somebody else has added to them meanwhile', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/household`);
    const [rui, lia] = ANSWERS.household;
    visitor.form.fill('household.0.remove', 'yes');
    await world.patch(path, 1, { household: [{ ...rui, middleInitial: 'Q' }, lia] });
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.form.valueOf('household.0.remove'), visitor.form.valueOf('household.0.middleInitial')]).toEqual([409, 'yes', 'Q']);
    await visitor.press(visitor.form);
    expect((await world.stored(path))['household']).toEqual([expect.objectContaining({ firstName: lia!.firstName })]);
  });

  it('are named where something is wrong with an answer about them, on their page and on that of the numbers', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/household`);
    visitor.form.fill('household.1.dateOfBirth.month', '2');
    visitor.form.fill('household.1.dateOfBirth.day', '31');
    visitor.form.fill('household.2.dateOfBirth.month', '2');
    visitor.form.fill('household.2.dateOfBirth.day', '');
    visitor.form.fill('household.2.dateOfBirth.year', '2015');
    await visitor.press(visitor.form);
    expect([visitor.status, summary(visitor)]).toEqual([422, [
      expect.stringMatching(/^Lia.*: Date of birth.*: Enter a real date/),
      expect.stringMatching(/^Person 3: Date of birth.*: The month, the day or the year is missing/),
    ]]);

    await visitor.open(`${path}/numbers`);
    visitor.form.fill('household.0.taxpayerId', '666 00 1234');
    visitor.form.fill('household.1.taxpayerId', '1234');
    await visitor.press(visitor.form);
    expect([visitor.status, summary(visitor)]).toEqual([422, [
      expect.stringMatching(/^Rui.*: .*: This cannot be/),
      expect.stringMatching(/^Lia.*: .*: Enter the nine digits/),
    ]]);
  });

  it('have twelve places on one page, those in use and the next one open', async () => {
    const path = await world.started();
    const { html, form } = await world.as('preparer').open(`${path}/household`);
    const places = [...html.matchAll(/<details class="tf-about tf-person" id="person-(\d+)"( open)?/g)].map(([, number, open]) => [Number(number), open !== undefined]);
    expect(places).toEqual(Array.from({ length: 12 }, (_, at) => [at + 1, at < 3]));
    expect(form.names).toContain('household.11.firstName');
    expect(form.names.filter((name) => name.endsWith('.remove'))).toEqual(['household.0.remove', 'household.1.remove']);
  });
});

describe('numbers', () => {
  it('that two people have alike are pointed out once, and saved if meant', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/numbers`);
    visitor.form.fill('taxpayer.taxpayerId', '500-00-1234');
    visitor.form.fill('household.1.taxpayerId', '500 00 1234');
    await visitor.press(visitor.form);
    expect([visitor.status, summary(visitor)]).toEqual([422, [expect.stringMatching(/^Lia.*: Somebody above has the same number/)]]);
    expect(await world.stored(path, 'household.taxpayerId')).toMatchObject({ household: [{ taxpayerId: '400-00-5556' }, { taxpayerId: '400-00-5557' }] });
    visitor.form.fill('household.0.taxpayerId', '500001234');
    await visitor.press(visitor.form);
    expect([visitor.status, summary(visitor)]).toEqual([422, [expect.stringMatching(/^Rui/), expect.stringMatching(/^Lia/)]]);
    await visitor.press(visitor.form);
    expect(visitor.path).toBe(`${path}/consents?said=saved`);
    expect(await world.stored(path, 'taxpayer.taxpayerId,household.taxpayerId')).toMatchObject({ taxpayer: { taxpayerId: '500-00-1234' }, household: [{ taxpayerId: '500-00-1234' }, { taxpayerId: '500-00-1234' }] });
  });

  it('are opened on their own page alone', async () => {
    const path = await world.started();
    const visitor = world.as('preparer');
    for (const page of ['/intakes', ...['/you', '/review', '/household', '/stage'].map((page) => path + page)]) {
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
    expect((await world.stored(path, 'household,household.taxpayerId'))['household']).toEqual([{ ...rui, taxpayerId: '400-00-5559' }, lia]);
    expect((await world.stored(path, 'taxpayer.taxpayerId'))['taxpayer']).toBeUndefined();
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
