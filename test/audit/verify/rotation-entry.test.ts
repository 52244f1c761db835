import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { SignerStateFile } from '../../../src/audit/signer-state.js';
import { parseVerifierKey } from '../../../src/audit/verifier-key.js';
import { verifyStoredLog } from '../../../src/audit/verify/verify-stored-log.js';
import { forgeEntry } from '../forged-entry.js';
import { logFixture, type LogFixture } from '../log-fixture.js';

let fixture: LogFixture;
beforeEach(async () => {
  fixture = await logFixture();
});
afterEach(() => fixture.databases.close());

const verify = async (vkey: string) => {
  const { databases, secrets, clock } = fixture;
  return (await verifyStoredLog(databases.records, { key: parseVerifierKey(vkey)!, signer: new SignerStateFile(secrets), kept: [], now: clock.now() }, () => undefined)).findings;
};

it('an entry that says which key follows is found by its name when its salt has another length', async () => {
  const { databases, signer, sequencer } = fixture;
  await signer.sign(); // names the log
  const { from } = await signer.beginRotation();
  for (let passes = 0; passes < 3; passes++) {
    await sequencer.drain();
    await signer.sign();
  }
  expect(await verify(from)).toEqual([]);
  await databases.recordsOwner(`UPDATE log_part SET context_salt = '\\x00' FROM log_entry WHERE id = entry_id AND kind = 'log.key-rotated'`);
  expect(await verify(from)).toContainEqual(expect.objectContaining({ kind: 'salt-changed', part: 'context' }));
});

it.each([
  ['objects', [{ toString: 1 }, { toString: 1 }]],
  ['none', []],
  ['texts that are none', ['signed', 'signed']],
])('an entry that says which key follows, with signatures that are %s, leads to no key and stops nothing', async (_what, signatures) => {
  const { databases, signer, sequencer, clock } = fixture;
  await signer.sign(); // names the log
  const [{ origin, vkey }] = (await databases.recordsOwner('SELECT origin, vkey FROM log_origin')) as [{ origin: string; vkey: string }];
  await forgeEntry(databases.recordsOwner, 'log.key-rotated', clock.now(), JSON.stringify({ origin, previousVkey: vkey, vkey, signatures }));
  await sequencer.drain();
  await signer.sign();
  expect(await verify(vkey)).toEqual([]);
});
