import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signInAll } from '../../src/demo/members.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { FollowRules } from '../../src/retention/policies/follow-rules.js';
import { Season } from '../retention/check/season.js';
import { apiClient, type ApiClient } from '../support/test-service.js';

const REASON = 'As the two of us decided on the telephone.';

/** Names, and nothing else, live for so many days from then on. */
function withDays(identity: number): object {
  const rules = [{ trigger: 'done', days: identity }, { trigger: 'untouched', days: identity }];
  return { ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, identity: { rules } } };
}

describe('a purge destroys exactly what the published policy said was due', () => {
  let season: Season;
  const runs = new Map<string, string>();
  const opened = new Map<string, readonly boolean[]>();
  let ids: readonly string[];

  const administrators = async () => {
    const two = season.service.members.filter(({ role }) => role === 'administrator');
    return (await signInAll(season.service.app, two)).map(({ token }) => apiClient(season.service.url, token)) as [ApiClient, ApiClient];
  };

  const approve = async (asked: { readonly status: number; readonly body: { readonly approvalId: string } }) => {
    expect(asked.status).toBe(202);
    const [, other] = await administrators();
    expect((await other.post(`/api/approvals/${asked.body.approvalId}/approve`)).status).toBe(204);
    await season.service.app.get(FollowRules).now();
  };

  const publish = async (document: object, effectiveDay: string) => {
    const [one] = await administrators();
    await approve(await one.post('/api/retention/policy/proposals', { document, effectiveDay, reason: REASON }));
  };

  /** Looks which names open, runs, and looks again: from its day on an answer is over, run or no run. */
  const night = async (day: string) => {
    const api = await season.on(day);
    const look = async () => Promise.all(ids.map(async (id) => (await api.get(`/api/intakes/${id}?fields=taxpayer.firstName`)).status === 200));
    const before = await look();
    runs.set(day, await season.run());
    opened.set(day, before);
    expect(await look()).toEqual(before);
  };

  beforeAll(async () => {
    season = await Season.start('2027-02-01');
    let api = await season.on('2027-02-01');
    ids = [await season.intake(api), await season.intake(api), await season.intake(api), await season.intake(api)];
    const [, touched, erased, done] = ids as [string, string, string, string];
    await night('2027-02-01');
    api = await season.on('2027-02-05');
    await season.touch(api, touched);
    await season.stages(api, done, 'prepared', 'done');
    await approve(await api.post(`/api/intakes/${erased}/erasure`, { reason: REASON }));
    await night('2027-02-05');
    await season.on('2027-02-10');
    await publish(withDays(60), '2027-02-12');
    await publish(withDays(20), '2027-03-20');
    const [one] = await administrators();
    expect((await one.patch('/api/site', { seasonEnd: '2027-03-25' })).status).toBe(200);
    await season.service.app.get(FollowRules).now();
    for (const day of ['2027-02-12', '2027-03-03', '2027-03-05', '2027-03-07', '2027-03-19', '2027-03-20', '2027-03-25']) await night(day);
  }, 300_000);
  afterAll(() => season.end());

  it('on its day: longer and shorter policies, an erasure, stages, touches and a season end', () => {
    const all = [true, true, true, true];
    const withoutErased = [true, true, false, true];
    expect(Object.fromEntries(opened)).toEqual({
      '2027-02-01': all,
      '2027-02-05': withoutErased,
      '2027-02-12': withoutErased,
      '2027-03-03': withoutErased, // thirty days by the first policy, sixty since the second
      '2027-03-05': withoutErased,
      '2027-03-07': withoutErased,
      '2027-03-19': withoutErased,
      '2027-03-20': [false, false, false, false], // the third takes effect, announced 38 days before
      '2027-03-25': [false, false, false, false],
    });
  });

  it('and an outsider finds so, from the certificates and the log alone', async () => {
    const log = await season.export();
    for (const [day, run] of runs) {
      const { note } = await season.certificate(run);
      expect([day, season.check(note, { log }).failure]).toEqual([day, undefined]);
    }
    const shares = await Promise.all(
      [...runs].map(async ([day, run]) => {
        const { buckets } = JSON.parse((await season.certificate(run)).body) as { buckets: { shares: number }[] };
        return [day, buckets.reduce((sum, bucket) => sum + bucket.shares, 0)];
      }),
    );
    expect(Object.fromEntries(shares)).toMatchObject({ '2027-02-01': 0, '2027-02-05': 9 + 3 }); // the erased one, and the numbers of the others
    expect(shares.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(4 * 9); // everything, once
  });

  it('and finds one that did not', async () => {
    const api = await season.on('2027-04-01');
    const id = await season.intake(api);
    await season.keys(`UPDATE life_share SET due_day = '2027-04-01' WHERE intake_id = $1 AND class = 'identity'`, id);
    const run = await season.run('unchecked');
    expect(await season.flawOf(run)).toMatch(/identity/);
  });
});
