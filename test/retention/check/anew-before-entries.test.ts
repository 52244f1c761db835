import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Season } from './season.js';

let season: Season;
beforeAll(async () => {
  season = await Season.start('2027-02-01');
});
afterAll(() => season.end());

it('numbers that a run has destroyed and counted, and that begin anew before its entries, are no flaw of it', async () => {
  const first = await season.on('2027-02-01');
  const id = await season.intake(first);
  await season.stages(first, id, 'prepared', 'filed', 'rejected');
  const api = await season.on('2027-02-04');
  let given: Promise<void> | undefined;
  const run = await season.watched((step) => {
    if (step === 'certificate') given = season.beforeEntries(() => season.touch(api, id, { taxpayer: { taxpayerId: '900-00-0002' } }));
  });
  await given;
  expect(run.state).toBe('finished');
  expect(JSON.parse((await season.certificate(run.id)).body).buckets).toMatchObject([{ class: 'credentials', due: { '2027-02-04': 1 } }]);
  expect(await season.flawOf(run.id)).toBeUndefined();
  await season.on('2027-02-07');
  const next = await season.run();
  expect(JSON.parse((await season.certificate(next)).body).buckets).toMatchObject([{ class: 'credentials', due: { '2027-02-07': 1 } }]);
  expect(await season.flawOf(next)).toBeUndefined();
});
