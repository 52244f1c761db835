import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { Season } from './check/season.js';

/** Ten hours ahead of UTC: when it is the evening before in UTC, its own day has begun. */
const ZONE = 'Pacific/Guam';

let season: Season;
beforeAll(async () => {
  season = await Season.start('2027-02-01');
  const [administrator] = await season.administrators();
  const { status } = await administrator.patch('/api/site', { timeZone: ZONE });
  expect(status).toBe(200);
});
afterAll(() => season.end());

it('no policy takes effect on a day that has begun at a site: what was over there would live again', async () => {
  const id = await season.intake(await season.on('2027-04-01')); // 2 April in Guam
  season.service.clock.setTo(new Date('2027-05-01T18:00:00Z')); // 2 May in Guam
  const read = async () => (await (await season.service.signInAgain('preparer')).get(`/api/intakes/${id}?fields=taxpayer.firstName`)).status;
  expect(await read()).toBe(410);

  const rules = [{ trigger: 'done', days: 60 }, { trigger: 'untouched', days: 60 }];
  const document = { ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, identity: { rules } } };
  const [one] = await season.administrators();
  const refused = await one.post('/api/retention/policy/proposals', { document, effectiveDay: '2027-05-02', reason: 'The board decided on longer periods.' });
  expect([refused.status, refused.body.fields]).toEqual([422, ['effectiveDay']]);
  expect(refused.body.message).toContain('2027-05-03');

  await season.publish(document, '2027-05-03');
  expect(await read()).toBe(410);
  expect(await season.flawOf(await season.run())).toBeUndefined();
});
