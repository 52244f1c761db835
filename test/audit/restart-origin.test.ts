import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { writeExport } from '../../src/audit/export/write-export.js';
import { parseVerifierKey } from '../../src/audit/verifier-key.js';
import { verifyExportedLog } from '../../src/audit/verify/verify-exported-log.js';
import { restartOrigin } from '../../src/audit/log-origin.js';
import { EMPTY_FRONTIER } from '../../src/audit/merkle.js';
import { SignerStateFile, type SignerState } from '../../src/audit/signer-state.js';
import { SigningKey } from '../../src/audit/signing-key.js';
import { verifyStoredLog } from '../../src/audit/verify/verify-stored-log.js';
import { logFixture, type LogFixture } from './log-fixture.js';

describe('a restored log that is started anew', () => {
  let fixture: LogFixture;
  let file: SignerStateFile;
  beforeEach(async () => {
    fixture = await logFixture();
    file = new SignerStateFile(fixture.secrets);
  });
  afterEach(() => fixture.databases.close());

  async function signed(): Promise<SignerState> {
    await fixture.write(3);
    await fixture.sequencer.drain();
    await fixture.signer.sign();
    return file.read()!;
  }

  /** What the log says of its newest name. */
  async function said(): Promise<unknown> {
    const newest = `SELECT context FROM log_part JOIN log_entry ON id = entry_id WHERE kind = 'log.origin' ORDER BY id DESC LIMIT 1`;
    const [entry] = await fixture.databases.recordsOwner<{ context: string }>(newest);
    return JSON.parse(entry!.context);
  }

  function cutShort(): Promise<void> {
    const { databases, secrets, log, clock } = fixture;
    return databases.records.acrossSites(async (tx) => {
      await restartOrigin(tx, { secretsDirectory: secrets, file, log }, clock.now());
      throw new Error('cut short');
    });
  }

  it('and was cut short before the commit says which log it follows, not the name that the database never heard of', async () => {
    const before = await signed();
    for (let times = 0; times < 2; times++) await expect(cutShort()).rejects.toThrow('cut short');
    await expect(fixture.anotherProcess().signer.sign()).rejects.toMatchObject({ code: 'LOG_STATE_MISSING' });
    const { origin } = await fixture.signer.restart();
    expect(await said()).toEqual({ origin, reason: 'restored', previousOrigin: before.origin, size: before.signed.size });
    expect(before.signed.size).toBe(3);
    const after = await signed();
    expect([after.origin, after.follows]).toEqual([origin, undefined]);
    const { databases, secrets, clock } = fixture;
    const outside = { key: SigningKey.read(secrets).verifier('x'), signer: file, kept: [], now: clock.now() };
    expect((await verifyStoredLog(databases.records, outside, () => undefined)).findings).toEqual([]);
    file.write(before);
    expect((await verifyStoredLog(databases.records, outside, () => undefined)).findings).toMatchObject([{ kind: 'state-differs', name: `${origin} ${after.signed.size}` }]);
  });

  it('is followed in its export from a key that was changed before, by whoever kept that one or has the newest', async () => {
    const { databases, secrets, signer, sequencer } = fixture;
    await signed();
    const [{ vkey }] = (await databases.recordsOwner<{ vkey: string }>('SELECT vkey FROM log_key')) as [{ vkey: string }];
    const [{ note }] = (await databases.recordsOwner<{ note: string }>('SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1')) as [{ note: string }];
    await signer.beginRotation();
    await sequencer.drain();
    expect(await signer.sign()).toBe('handed over');
    await signer.restart();
    await signed();
    const directory = join(secrets, 'export');
    await writeExport(databases.records, directory, () => undefined);
    for (const key of [parseVerifierKey(vkey)!, SigningKey.read(secrets).verifier('x')]) {
      expect((await verifyExportedLog(directory, key, [{ name: 'kept', note }], () => undefined)).findings).toEqual([]);
    }
  });

  it('twice, and not signed between the two, follows the name that it was given first', async () => {
    await signed();
    const first = await fixture.signer.restart();
    const { origin } = await fixture.signer.restart();
    expect(await said()).toEqual({ origin, reason: 'restored', previousOrigin: first.origin, size: 0 });
  });

  it('before it was ever named follows none', async () => {
    file.create({ origin: `thinfile/${'0'.repeat(32)}`, signed: EMPTY_FRONTIER, note: '' });
    SigningKey.create(fixture.secrets);
    const { origin } = await fixture.signer.restart();
    expect(await said()).toEqual({ origin, reason: 'restored' });
  });
});
