import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WebVisitor } from '../support/web-visitor.js';
import { ANSWERS, startPagesWorld, type PagesWorld } from './pages-world.js';

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
});
afterAll(() => world.service.stop());

/** A page that somebody has open while somebody else saves. */
async function openWhile(page: string, saves: object): Promise<{ readonly path: string; readonly visitor: WebVisitor }> {
  const path = await world.started();
  const visitor = await world.as('preparer').open(`${path}/${page}`);
  await world.patch(path, 1, saves);
  return { path, visitor };
}

/** The questions in which the page says that it differs. */
const differing = ({ html }: WebVisitor): readonly string[] => [...html.matchAll(/<th scope="row" data-label="Question">(.*?)<\/th>/gs)].map(([, label]) => label!.trim());

describe('a page that somebody else has saved meanwhile', () => {
  it('keeps what they saved where nothing was typed, and what was typed', async () => {
    const { path, visitor } = await openWhile('contact', { contact: { phone: '2025550133', email: 'ines@example.org' }, address: { zip: '20500' } });
    visitor.form.fill('address.city', 'Springfield');
    await visitor.press(visitor.form);
    expect([visitor.status, differing(visitor)]).toEqual([409, ['City']]);
    expect([visitor.form.valueOf('contact.phone'), visitor.form.valueOf('address.city')]).toEqual(['2025550133', 'Springfield']);
    await visitor.press(visitor.form);
    expect(visitor.status).toBe(200);
    expect(await world.stored(path, 'contact,address')).toEqual({ contact: { phone: '2025550133', email: 'ines@example.org' }, address: { zip: '20500', city: 'Springfield' } });
  });

  it('has nothing to save where nothing was typed', async () => {
    const { path, visitor } = await openWhile('contact', { contact: { phone: '2025550133' } });
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.path.startsWith(path), visitor.path.endsWith('?said=saved')]).toEqual([200, true, true]);
    expect((await world.stored(path))['contact']).toEqual({ phone: '2025550133' });
  });

  it('compares what both have typed, again and again, and keeps the rest of both', async () => {
    const { path, visitor } = await openWhile('contact', { contact: { phone: '2025550133' } });
    visitor.form.fill('contact.phone', '2025550144');
    visitor.form.fill('address.city', 'Springfield');
    await visitor.press(visitor.form);
    expect(differing(visitor)).toEqual(['City', 'Your telephone number']);
    await world.patch(path, 2, { contact: { email: 'ines@example.org' }, address: { city: 'Shelbyville' } });
    await visitor.press(visitor.form);
    expect([visitor.status, differing(visitor)]).toEqual([409, ['City', 'Your telephone number']]);
    await visitor.press(visitor.form);
    expect(await world.stored(path, 'contact,address')).toEqual({ contact: { phone: '2025550144', email: 'ines@example.org' }, address: { city: 'Springfield' } });
  });

  it('keeps dates, choices and ticks that somebody else has set', async () => {
    const { path, visitor } = await openWhile('you', { taxpayer: { dateOfBirth: '1991-03-04', fullTimeStudent: true, jobTitle: 'Baker' } });
    visitor.form.fill('taxpayer.lastName', 'Pereira');
    await visitor.press(visitor.form);
    expect([visitor.status, differing(visitor)]).toEqual([409, ['Last or family name']]);
    expect(visitor.form.valueOf('taxpayer.fullTimeStudent')).toBe('yes');
    await visitor.press(visitor.form);
    expect((await world.stored(path))['taxpayer']).toMatchObject({ lastName: 'Pereira', dateOfBirth: '1991-03-04', fullTimeStudent: true, jobTitle: 'Baker' });
  });

  it('keeps what they saved of the same people', async () => {
    const [rui, lia] = ANSWERS.household;
    const { path, visitor } = await openWhile('household', { household: [{ ...rui, monthsLivedInHome: 7 }, lia] });
    visitor.form.fill('household.1.relationship', 'niece');
    await visitor.press(visitor.form);
    expect([visitor.status, differing(visitor).length]).toEqual([409, 1]);
    await visitor.press(visitor.form);
    expect((await world.stored(path))['household']).toMatchObject([{ firstName: 'Rui', monthsLivedInHome: 7 }, { firstName: 'Lia', relationship: 'niece' }]);
  });

  it('still tells what was typed after a mistake on it was mended', async () => {
    const path = await world.started();
    const visitor = await world.as('preparer').open(`${path}/contact`);
    visitor.form.fill('contact.phone', '12');
    await visitor.press(visitor.form);
    expect(visitor.status).toBe(422);
    await world.patch(path, 1, { contact: { preferredName: 'Nê' } });
    visitor.form.fill('contact.phone', '2025550166');
    await visitor.press(visitor.form);
    expect([visitor.status, differing(visitor).length]).toEqual([409, 1]);
    await visitor.press(visitor.form);
    expect((await world.stored(path))['contact']).toEqual({ phone: '2025550166', preferredName: 'Nê' });
  });

  it.each([['nothing', ''], ['too little', 'x'], ['no marks', '!'.repeat(40)], ['other marks', 'A'.repeat(4000)]])('takes all of it for typed where the form says %s of its opening', async (_what, openedWith) => {
    const { visitor } = await openWhile('contact', { contact: { phone: '2025550133' } });
    const body = visitor.form.body();
    body.set('openedWith', openedWith);
    await visitor.send(visitor.form.action, body);
    expect([visitor.status, visitor.form.valueOf('contact.phone')]).toEqual([409, '2025550155']);
  });
});
