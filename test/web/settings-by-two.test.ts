import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPagesWorld, type PagesWorld } from './pages-world.js';
import { WebVisitor } from '../support/web-visitor.js';

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
});
afterAll(() => world.service.stop());

describe('the site’s settings, opened by two', () => {
  const stored = async () => (await world.service.api('administrator').get('/api/site').expect(200)).body;
  const opened = async () => [await world.as('administrator').open('/settings'), await new WebVisitor(world.service.url, world.service.members[4]!.token).open('/settings')] as const;

  it('are changed by each in what they changed themselves, and in nothing else', async () => {
    await world.service.api('administrator').patch('/api/site', { collectCredentials: true, manyIntakes: 20 }).expect(200);
    const [one, other] = await opened();
    const first = one.form.body();
    first.delete('collectCredentials');
    first.set('manyIntakes', '7');
    await one.send('/settings', first);
    other.form.fill('opensAt', '08:30');
    await other.press(other.form);
    expect([one.status, other.status, other.path]).toEqual([200, 200, '/settings?said=saved']);
    expect(await stored()).toMatchObject({ collectCredentials: false, manyIntakes: 7, opensAt: 510 });
  });

  it('keep what they were opened with through a mistake', async () => {
    const [one, other] = await opened();
    other.form.fill('opensAt', 'early');
    await other.press(other.form);
    expect(other.status).toBe(422);
    one.form.fill('manyIntakes', '9');
    await one.press(one.form);
    other.form.fill('opensAt', '09:30');
    await other.press(other.form);
    expect(await stored()).toMatchObject({ manyIntakes: 9, opensAt: 570 });
  });

  it('have no other kind of preparers than there are', async () => {
    const [one] = await opened();
    const before = await stored();
    const sent = one.form.body();
    sent.set('regime', 'x');
    await one.send('/settings', sent);
    expect(await stored()).toEqual(before);
  });
});
