import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, day, dayIn } from '../../src/platform/clock.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { parsePolicy, PolicyInvalid, versionInForce } from '../../src/retention/policy.js';
import { policyDigest } from '../../src/retention/publish-first-policy.js';
import { TestClock } from '../support/test-clock.js';
import { PurgeWorld, TODAY } from './purge-world.js';

describe('a policy document', () => {
  it('comes back as it was written', () => {
    expect(parsePolicy(JSON.parse(JSON.stringify(DEFAULT_POLICY)))).toEqual(DEFAULT_POLICY);
  });

  it('that was stored is read, whatever else it says', () => {
    const { notes } = DEFAULT_POLICY.classes;
    const stored = { ...DEFAULT_POLICY, foo: 1, classes: { ...DEFAULT_POLICY.classes, notes: { ...notes, x: 1 } }, log: { ...DEFAULT_POLICY.log, foo: 1 } };
    expect(parsePolicy(stored)).toEqual(DEFAULT_POLICY);
  });

  it.each<[string, (draft: Draft) => void]>([
    ['of another format', (draft) => (draft.format = 2)],
    ['without a class', (draft) => delete draft.classes.notes],
    ['with a class that there is not', (draft) => (draft.classes.photographs = draft.classes.notes!)],
    ['with a class that never ends', (draft) => (draft.classes.notes!.rules = [])],
    ['with an unknown trigger', (draft) => (draft.classes.notes!.rules[0]!.trigger = 'whenever')],
    ['with half a day', (draft) => (draft.classes.notes!.rules[0]!.days = 0.5)],
    ['with days before the event', (draft) => (draft.classes.notes!.rules[0]!.days = -1)],
    ['with untouched and nothing that takes over', (draft) => (draft.classes.notes!.rules = [{ trigger: 'untouched', days: 5 }])],
    ['without the log', (draft) => delete draft.log],
  ])('%s is refused', (_what, spoil) => {
    const draft = JSON.parse(JSON.stringify(DEFAULT_POLICY)) as Draft;
    spoil(draft);
    expect(() => parsePolicy(draft)).toThrow(PolicyInvalid);
  });
});

describe('the policy in force', () => {
  let world: PurgeWorld;
  beforeAll(async () => {
    world = await PurgeWorld.make();
  });
  afterAll(() => world.close());

  it('is version 1 from the first start, published once, and logged with its digest', async () => {
    await world.publishAgain();
    const rows = await world.databases.recordsOwner('SELECT version, effective_day FROM retention_policy');
    expect(rows).toEqual([{ version: 1, effective_day: TODAY }]);
    const logged = await world.databases.recordsOwner<{ context: string }>(
      `SELECT p.context FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.kind = 'policy.approved'`,
    );
    expect(logged.map(({ context }) => JSON.parse(context) as unknown)).toEqual([
      { version: 1, day: TODAY, digest: policyDigest(DEFAULT_POLICY), policy: DEFAULT_POLICY, reason: 'first-start' },
    ]);
  });

  it.each(['2026-11-28T01:00:00Z', '2026-11-28T11:30:00Z', '2026-11-28T23:30:00Z'])('of a first start at %s is in force since no day that is still to come anywhere', async (at) => {
    const now = new Date(at);
    const evening = await PurgeWorld.make(new TestClock(now));
    const [first] = await evening.databases.recordsOwner<{ effective_day: string }>('SELECT effective_day FROM retention_policy');
    await evening.close();
    for (const zone of ['Etc/GMT+12', 'Pacific/Honolulu', 'America/New_York', 'UTC', 'Pacific/Kiritimati']) {
      expect([zone, dayIn(zone, now) >= first!.effective_day]).toEqual([zone, true]);
    }
  });

  it('is the newest that is effective on the day', async () => {
    const next = { ...DEFAULT_POLICY, log: { entriesMonths: 12, certificatesYears: 6 } };
    await world.databases.recordsOwner('INSERT INTO retention_policy (version, effective_day, published_at, document) VALUES (2, $1, now(), $2)', [
      addDays(TODAY, 30),
      JSON.stringify(next),
    ]);
    const versionOn = (on: string) => world.databases.records.withoutSite((tx) => versionInForce(tx, day(on)));
    expect(await versionOn(addDays(TODAY, -1))).toBe(1);
    expect(await versionOn(addDays(TODAY, 29))).toBe(1);
    expect(await versionOn(addDays(TODAY, 30))).toBe(2);
  });
});

interface Draft {
  format: number;
  classes: Record<string, { rules: { trigger: string; days: number }[] }>;
  log?: unknown;
}
