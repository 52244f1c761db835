import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startPagesWorld, type PagesWorld } from './pages-world.js';

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
});
afterAll(() => world.service.stop());

it('what a site asks for no more is still said to go while answers of it may be there, and what it never asked for is not', async () => {
  const path = await world.started();
  await world.service.databases.keysOwner(`UPDATE life_share SET due_day = '2027-02-02' WHERE intake_id = $1 AND class IN ('credentials', 'documents')`, [path.slice(9)]);
  await world.service.api('administrator').patch('/api/site', { collectCredentials: false }).expect(200);
  const list = async () => (await world.as('preparer').open('/intakes')).html;
  const preview = async () => (await world.as('administrator').open('/retention/preview?asOf=2027-02-02')).html;
  expect(await list()).toContain('Gone tomorrow, if entered: taxpayer and bank numbers<');
  expect(await preview()).toContain('answers of 1 intake will be destroyed: taxpayer and bank numbers.');

  const row = async () => /Readable until[^]*?<\/td>/.exec((await list()).slice((await list()).indexOf(path)))![0];
  const until = await row();
  await world.service.databases.keysOwner(`UPDATE life_share SET due_day = '2027-12-30' WHERE intake_id = $1 AND class = 'documents'`, [path.slice(9)]);
  expect(await row()).toBe(until);

  // Somebody at the database hides that it was ever asked for: what may be there is said all the more.
  await world.service.databases.recordsOwner(`UPDATE log_part SET context = '{}' WHERE entry_id IN (SELECT id FROM log_entry WHERE kind = 'site.changed')`);
  expect(await list()).toMatch(/Gone tomorrow.*: .*taxpayer and bank numbers/);
});
