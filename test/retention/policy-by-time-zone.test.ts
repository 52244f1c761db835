import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessLog } from '../../src/audit/append-entry.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { Season } from './check/season.js';

const DAY = '2027-03-20';
const rules = [{ trigger: 'done', days: 10 }, { trigger: 'untouched', days: 10 }];
const SHORTER = { ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, identity: { rules } } };

let season: Season;
beforeAll(async () => {
  season = await Season.start('2027-02-01');
  const { app, databases } = season.service;
  const west = randomUUID();
  const siteRules = { timeZone: 'Pacific/Honolulu' };
  await databases.recordsOwner(`INSERT INTO site (id, name, time_zone, created_day) VALUES ($1, 'West', $2, '2027-02-01')`, [west, siteRules.timeZone]);
  await databases.records.acrossSites((tx) => app.get(AccessLog).append(tx, { kind: 'site.created', actor: { system: 'set-up' }, subject: { site: west }, context: { rules: siteRules } }));
});
afterAll(() => season.end());

const policyOf = async (run: string) => {
  const { policyVersion, policyEffectiveDay, buckets } = JSON.parse((await season.certificate(run)).body) as { policyVersion: number; policyEffectiveDay: string; buckets: readonly { class: string }[] };
  return { policyVersion, policyEffectiveDay, classes: [...new Set(buckets.map((bucket) => bucket.class))] };
};

/** New York has come to the policy's day, and the site in Hawaii is still in the day before. */
describe('a run on the day of a policy, which has not come at every site', () => {
  it('names the policy by which what it destroyed was due, and an outsider comes to the same', async () => {
    await season.on('2027-02-01');
    await season.publish(SHORTER, DAY);
    await season.intake(await season.on('2027-03-05'));
    await season.on('2027-03-19');
    const before = await season.run();
    expect((await policyOf(before)).policyVersion).toBe(1);
    season.service.clock.setTo(new Date(`${DAY}T06:00:00Z`));
    const run = await season.run();
    expect(await policyOf(run)).toEqual({ policyVersion: 2, policyEffectiveDay: DAY, classes: ['identity'] });
    expect(await season.flawOf(run)).toBeUndefined();
    expect(await season.flawOf(before)).toBeUndefined();
  });

  it('and where it destroyed nothing the one of the earliest day', async () => {
    const run = await season.run();
    expect(await policyOf(run)).toMatchObject({ policyVersion: 1, classes: [] });
    expect(await season.flawOf(run)).toBeUndefined();
  });
});
