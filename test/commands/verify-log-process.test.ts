import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fillLog } from '../../bench/log/fill-log.js';
import { writeExport } from '../../src/audit/export/write-export.js';
import { recordKey } from '../../src/audit/log-keys.js';
import { sequenceEntries } from '../../src/audit/sequence-entries.js';
import { SigningKey } from '../../src/audit/signing-key.js';
import { cosignerKey, formatVerifierKey, verifierKey } from '../../src/audit/verifier-key.js';
import { logFixture, reading } from '../audit/log-fixture.js';
import { exchanged, TamperedExport } from '../audit/verify/tampered-export.js';
import { spawnProgram } from '../support/spawned.js';

/** The command as an outsider runs it: the built program, in a directory of its own, without any database. */
describe('verify-log DIRECTORY', () => {
  let made: TamperedExport;
  const root = mkdtempSync(join(tmpdir(), 'thinfile-outsider-'));
  const verify = async (directory: string, ...options: readonly string[]) => {
    const { end, printed } = spawnProgram('cli', ['verify-log', directory, ...options], root, { NODE_DEBUG: 'worker' });
    return { code: await end(), said: printed() };
  };
  const THREAD = /starts worker script .*parts-thread\.js/;

  beforeAll(async () => (made = await TamperedExport.make()));
  afterAll(async () => {
    await made.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('exits with 0 where all is good, by a key and checkpoints that were kept, and by the export’s own key with a warning', async () => {
    const [one, other] = ['one.example', 'other.example'].map((name) => formatVerifierKey(cosignerKey(name, generateKeyPairSync('ed25519').publicKey))) as [string, string];
    const witnesses = ['--witness', one, '--witness', other];
    const [kept, own] = await Promise.all([verify(made.directory, '--key', made.vkey, '--checkpoint', ...made.kept, ...witnesses), verify(made.directory)]);
    expect(kept.said).toContain('Nothing that was looked at is cosigned by one.example.\nNothing that was looked at is cosigned by other.example.\n');
    expect(kept).toMatchObject({ code: 0, said: expect.stringMatching(/^601 entries were looked at, .* 3 checkpoints were compared\. All of it is as it was written\.$/m) });
    expect(kept.said).not.toContain('Compare it with the one that you have kept');
    expect(kept.said).not.toMatch(THREAD);
    expect(own).toMatchObject({ code: 0, said: expect.stringContaining('Compare it with the one that you have kept') });
  });

  it('goes on to its end when nobody reads any more what it prints', async () => {
    const { child, end } = spawnProgram('cli', ['verify-log', made.directory, '--key', made.vkey], root);
    child.stdout!.destroy();
    expect(await end()).toBe(0);
  });

  it('exits with 1 where something is wrong, or there is nothing to verify', async () => {
    const copy = made.copy();
    copy.leaves('tile/entries/001', (leaves) => exchanged(leaves, 44, 50));
    const [moved, nothing] = await Promise.all([verify(copy.directory, '--key', made.vkey), verify(root)]);
    expect(moved).toMatchObject({ code: 1, said: expect.stringContaining('First: Entry 300: it was moved') });
    expect(nothing).toMatchObject({ code: 1, said: expect.stringContaining('There is no export of a log in this directory.') });
  });

  it('exits with 1 where the export is not what the kept key or the kept checkpoint say', async () => {
    const other = formatVerifierKey(verifierKey('other', generateKeyPairSync('ed25519').publicKey));
    const [older, newer] = made.kept as [string, string];
    const short = join(root, 'short');
    const { records, recordsOwner } = made.fixture.databases;
    // As whoever holds an older state of the database exports it.
    const gone = await recordsOwner<{ origin: string; note: string; signed_at: Date; size: number }>('DELETE FROM log_checkpoint WHERE size > 301 RETURNING origin, size, note, signed_at');
    await writeExport(records, short, () => undefined);
    for (const { origin, size, note, signed_at } of gone) await recordsOwner('INSERT INTO log_checkpoint (origin, size, note, signed_at) VALUES ($1, $2, $3, $4)', [origin, size, note, signed_at]);
    const asked = [[made.directory, '--key', other], [short, '--checkpoint', older], [short, '--checkpoint', older, newer]] as const;
    const [byOther, goesOn, doesNot] = await Promise.all(asked.map(([directory, ...options]) => verify(directory, ...options)));
    expect(byOther).toMatchObject({ code: 1, said: expect.stringContaining('The log is not what was written into it.') });
    expect([goesOn!.code, doesNot!.code]).toEqual([0, 1]);
  });

  it('exits with 2 where only what a crash leaves as well is found', async () => {
    const { databases, signer, write, clock, site, anotherProcess } = made.fixture;
    await write(3);
    const [{ id }] = (await databases.recordsOwner('SELECT max(id) - 1 AS id FROM log_entry')) as [{ id: number }];
    for (const [table, key] of [['log_pending', 'entry_id'], ['log_filter', 'entry_id'], ['log_part', 'entry_id'], ['log_entry', 'id']] as const) {
      await databases.recordsOwner(`DELETE FROM ${table} WHERE ${key} = $1`, [id]);
    }
    // The writer fell silent there; another one went on.
    clock.setTo(new Date(clock.now().getTime() + 600_000));
    await databases.records.inSite(site, (tx) => anotherProcess().log.append(tx, reading(site)));
    await databases.records.acrossSites(sequenceEntries);
    await signer.sign();
    const directory = join(root, 'unclear');
    await writeExport(databases.records, directory, () => undefined);
    expect(await verify(directory, '--key', made.vkey)).toMatchObject({ code: 2, said: expect.stringContaining('Entries may be missing: nothing else is wrong.') });
  });

  it('looks at the parts of a large export in a second thread, which it chooses by itself', async () => {
    const { databases, secrets, clock } = await logFixture();
    try {
      const [origin, key] = [`thinfile/${'0'.repeat(32)}`, SigningKey.create(secrets)];
      const vkey = formatVerifierKey(key.verifier(origin));
      await databases.recordsOwner('INSERT INTO log_origin (origin, vkey, started_at) VALUES ($1, $2, now())', [origin, vkey]);
      await databases.records.acrossSites((tx) => recordKey(tx, { origin, vkey, from: 0, since: clock.now() }));
      await fillLog(databases.urls.records.owner, 20_500, origin, key);
      const directory = join(root, 'large');
      await writeExport(databases.records, directory, () => undefined);
      const { code, said } = await verify(directory, '--key', vkey);
      expect([code, said]).toEqual([0, expect.stringMatching(/^20500 entries were looked at, 20500 of them with their parts\. .*All of it is as it was written\.$/m)]);
      expect(said).toMatch(THREAD);
    } finally {
      await databases.close();
    }
  });
});
