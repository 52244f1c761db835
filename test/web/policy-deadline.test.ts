import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { addDays, day } from '../../src/platform/clock.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { WebVisitor } from '../support/web-visitor.js';
import { startPagesWorld, type PagesWorld } from './pages-world.js';

const TODAY = day('2027-02-01');
const { identity } = DEFAULT_POLICY.classes;
const SHORTER = { ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, identity: { ...identity, cap: 60 } } };

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
});
afterAll(() => world.service.stop());

it.each([
  ['its notice is short, which the day in UTC decides for a site west of it', 33, 'Feb 4, 2027, 7:00 PM EST'],
  ['the request lapses, if that comes first', 60, 'Feb 15, 2027, 12:0'],
])('the page of a proposed policy says until when it has to be decided: before %s', async (_when, days, moment) => {
  const asking = world.service.api('administrator');
  const { body } = await asking.post('/api/retention/policy/proposals', { document: SHORTER, effectiveDay: addDays(TODAY, days), reason: 'The board decided on other periods.' }).expect(202);
  const deciding = await new WebVisitor(world.service.url, world.service.members[4]!.token).open(`/approvals/${body.approvalId}`);
  const said = () => /It has to be approved before.*?<time[^>]*>([^<]*)</s.exec(deciding.html)?.[1];
  expect(said()).toEqual(expect.stringContaining(moment));
  await asking.post(`/api/approvals/${body.approvalId}/withdraw`).expect(204);
  await deciding.open(deciding.path);
  expect(said()).toBeUndefined();
});
