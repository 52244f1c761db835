import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessLog } from '../../../src/audit/append-entry.js';
import { sequenceEntries } from '../../../src/audit/sequence-entries.js';
import { StallGate } from '../../../src/audit/stall-gate.js';
import { noteVerification, Verifications } from '../../../src/audit/verify/verifications.js';
import { verificationWarnings } from '../../../src/retention/warnings/verification-warnings.js';
import { TestClock } from '../../support/test-clock.js';
import { NOON, PurgeWorld } from '../purge-world.js';

describe('a verification that does not come to its end', () => {
  const clock = new TestClock(NOON);
  const log = new AccessLog(clock, new StallGate());
  let world: PurgeWorld;
  beforeAll(async () => {
    world = await PurgeWorld.make(clock);
  });
  afterAll(() => world.close());

  it('is told of after two nights, whatever a clock said that was ahead', async () => {
    await world.databases.records.acrossSites(sequenceEntries);
    await world.signer.sign(); // names the log, which begins now
    const begun = (await world.databases.recordsOwner<{ at: Date }>('SELECT started_at AS at FROM log_origin'))[0]!.at;
    const late = async () => {
      const now = clock.now();
      const warnings = (await verificationWarnings(world.databases.records, now)).filter(({ kind }) => kind === 'verification-late');
      const shown = await new Verifications(world.databases.records).late(world.siteId, now);
      expect(warnings).toEqual(shown.map((one) => ({ kind: 'verification-late', severity: 'warning', ...one })));
      return warnings;
    };
    const after = (hours: number) => new Date(begun.getTime() + hours * 3_600_000);
    clock.setTo(after(51));
    expect(await late()).toEqual([]);
    clock.setTo(after(53));
    expect(await late()).toEqual(['log', 'sections'].map((subject) => ({ kind: 'verification-late', severity: 'warning', subject, days: 2 })));
    const { records } = world.databases;
    const done = { subject: 'log', trigger: 'nightly', beganAt: after(50), endedAt: after(50), lookedAt: 9, signedSize: undefined, found: 0, unclear: 0 } as const;
    await records.acrossSites((tx) => noteVerification(tx, done, [])); // a row alone, which the log knows nothing of
    expect(await late()).toMatchObject([{ subject: 'log' }, { subject: 'sections' }]);
    const verified = async (at: Date) => {
      clock.setTo(at);
      const entry = { kind: 'log.verified', actor: { system: 'run' }, subject: {}, context: { counts: { entries: 9, found: 0, unclear: 0 } } } as const;
      await records.acrossSites((tx) => log.append(tx, entry));
    };
    await verified(after(10));
    clock.setTo(after(53));
    expect(await late()).toMatchObject([{ subject: 'sections' }]);
    await verified(after(9_000));
    clock.setTo(after(10 + 73));
    expect(await late()).toMatchObject([{ subject: 'log', days: 3 }, { subject: 'sections', days: 3 }]);
  });
});
