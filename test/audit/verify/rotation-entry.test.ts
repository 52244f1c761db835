import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { checkRotation } from '../../../src/audit/key-rotation.js';
import { SigningKey } from '../../../src/audit/signing-key.js';
import { formatVerifierKey, parseVerifierKey } from '../../../src/audit/verifier-key.js';
import { forgeEntry } from '../forged-entry.js';
import { findingsOf, logFixture, type LogFixture } from '../log-fixture.js';

let fixture: LogFixture;
beforeEach(async () => {
  fixture = await logFixture();
});
afterEach(() => fixture.databases.close());

const verify = (vkey: string) => findingsOf(fixture, parseVerifierKey(vkey)!);

async function changeKey(): Promise<{ readonly from: string; readonly to: string }> {
  const { signer, sequencer } = fixture;
  await signer.sign(); // names the log
  const change = await signer.beginRotation();
  for (let passes = 0; passes < 3; passes++) {
    await sequencer.drain();
    await signer.sign();
  }
  return change;
}

it('an entry that says which key follows is found by its name when its salt has another length', async () => {
  const { from } = await changeKey();
  expect(await verify(from)).toEqual([]);
  await fixture.databases.recordsOwner(`UPDATE log_part SET context_salt = '\\x00' FROM log_entry WHERE id = entry_id AND kind = 'log.key-rotated'`);
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

it('an entry that says which key follows is passed over when it was written by somebody else', async () => {
  const { to } = await changeKey();
  const [row] = await fixture.databases.recordsOwner<{ context: string }>(`SELECT context FROM log_entry JOIN log_part ON entry_id = id WHERE kind = 'log.key-rotated'`);
  const context = JSON.parse(row!.context) as { vkey: string; previousVkey: string; signatures: string[] };
  expect(formatVerifierKey(checkRotation(context)!.next)).toBe(to);
  const [byOld, byNext] = context.signatures as [string, string];
  const stranger = SigningKey.create(join(fixture.secrets, 'stranger')).verifier(parseVerifierKey(to)!.name);
  for (const forged of [
    { ...context, vkey: formatVerifierKey(stranger) },
    { ...context, previousVkey: formatVerifierKey(stranger) },
    { ...context, signatures: [byNext, byOld] },
    { ...context, signatures: [byOld] },
    { ...context, origin: `thinfile/${'0'.repeat(32)}` },
    { vkey: to },
  ]) expect(checkRotation(forged)).toBeUndefined();
});
