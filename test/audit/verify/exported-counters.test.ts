import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeExport } from '../../../src/audit/export/write-export.js';
import { SigningKey } from '../../../src/audit/signing-key.js';
import { verifyExportedLog } from '../../../src/audit/verify/verify-exported-log.js';
import { verifyStoredLog } from '../../../src/audit/verify/verify-stored-log.js';
import { logFixture, type LogFixture } from '../log-fixture.js';

const MINUTE = 60_000;

/** Whoever removes an entry before it is in the tree leaves nothing of it but its writer's counter. */
describe('an entry that was removed before it was sequenced', () => {
  let fixture: LogFixture;
  let directory: string;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'thinfile-test-'));
    fixture = await logFixture();
    await fixture.signer.sign(); // names the log
    await fixture.write(3);
    await pass(10);
  });
  afterEach(async () => {
    rmSync(directory, { recursive: true, force: true });
    await fixture.databases.close();
  });

  async function pass(minutes: number): Promise<void> {
    const { clock, sequencer, signer } = fixture;
    await sequencer.drain();
    await signer.sign();
    clock.setTo(new Date(clock.now().getTime() + minutes * MINUTE));
  }

  async function removeNewest(): Promise<void> {
    await fixture.databases.recordsOwner(
      `WITH e AS (DELETE FROM log_entry WHERE id = (SELECT max(id) FROM log_entry) RETURNING id), p AS (DELETE FROM log_part USING e WHERE entry_id = e.id)
       DELETE FROM log_pending USING e WHERE entry_id = e.id`,
    );
  }

  async function found(now: Date): Promise<unknown> {
    const { databases, secrets } = fixture;
    const [{ origin }] = (await databases.recordsOwner<{ origin: string }>('SELECT origin FROM log_origin')) as [{ origin: string }];
    const key = SigningKey.read(secrets).verifier(origin);
    await writeExport(databases.records, join(directory, 'export'), () => undefined);
    const exported = await verifyExportedLog(join(directory, 'export'), key, [], () => undefined);
    const stored = await verifyStoredLog(databases.records, { key, signer: undefined, kept: [], now }, () => undefined);
    rmSync(join(directory, 'export'), { recursive: true });
    return [exported, stored].map(({ findings }) => findings.map(({ kind, severity, counters }) => [kind, severity, counters]));
  }

  it('is missed in an export as in the log itself, for certain once its writer has written on for five minutes', async () => {
    await fixture.write(1);
    await removeNewest();
    await fixture.write(1);
    await pass(4);
    expect(await found(fixture.clock.now())).toEqual([[], []]); // could still be under way
    await fixture.write(1);
    await pass(0);
    expect(await found(fixture.clock.now())).toEqual([[], []]);
    await pass(4);
    await fixture.write(1);
    await pass(0);
    const gap = [['counter-missing', 'certain', [5, 5]]];
    expect(await found(fixture.clock.now())).toEqual([gap, gap]);
  });

  it('is missed as well where a clock was set back afterwards', async () => {
    await fixture.write(1);
    await removeNewest();
    await fixture.write(1);
    await pass(10);
    await fixture.write(1);
    await pass(-24 * 60);
    await fixture.write(1);
    await pass(0);
    const gap = [['counter-missing', 'certain', [5, 5]]];
    expect(await found(fixture.clock.now())).toEqual([gap, gap]);
  });
});
