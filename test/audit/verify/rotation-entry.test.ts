import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SignerStateFile } from '../../../src/audit/signer-state.js';
import { parseVerifierKey } from '../../../src/audit/verifier-key.js';
import { verifyStoredLog } from '../../../src/audit/verify/verify-stored-log.js';
import { logFixture, type LogFixture } from '../log-fixture.js';

let fixture: LogFixture;
beforeAll(async () => {
  fixture = await logFixture();
});
afterAll(() => fixture.databases.close());

it('an entry that says which key follows is found by its name when its salt has another length', async () => {
  const { databases, signer, sequencer, secrets, clock } = fixture;
  await signer.sign(); // names the log
  const { from } = await signer.beginRotation();
  for (let passes = 0; passes < 3; passes++) {
    await sequencer.drain();
    await signer.sign();
  }
  const verify = async () => (await verifyStoredLog(databases.records, { key: parseVerifierKey(from)!, signer: new SignerStateFile(secrets), kept: [], now: clock.now() }, () => undefined)).findings;
  expect(await verify()).toEqual([]);
  await databases.recordsOwner(`UPDATE log_part SET context_salt = '\\x00' FROM log_entry WHERE id = entry_id AND kind = 'log.key-rotated'`);
  expect(await verify()).toContainEqual(expect.objectContaining({ kind: 'salt-changed', part: 'context' }));
});
