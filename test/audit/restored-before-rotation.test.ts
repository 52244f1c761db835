import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCheckpoint } from '../../src/audit/checkpoint.js';
import { writeExport } from '../../src/audit/export/write-export.js';
import { handedOverContext } from '../../src/audit/key-rotation.js';
import { parseNote } from '../../src/audit/signed-note.js';
import { SigningKey } from '../../src/audit/signing-key.js';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from '../../src/audit/verifier-key.js';
import { verifyExportedLog } from '../../src/audit/verify/verify-exported-log.js';
import { forgeEntry } from './forged-entry.js';
import { findingsOf, logFixture, type LogFixture } from './log-fixture.js';

const TABLES = ['log_entry', 'log_filter', 'log_part', 'log_pending', 'log_index', 'log_head', 'log_origin', 'log_key', 'log_checkpoint'];

describe('a log that was restored to a day before its key was changed', () => {
  let fixture: LogFixture;
  beforeEach(async () => {
    fixture = await logFixture();
    await grow();
  });
  afterEach(() => fixture.databases.close());

  async function grow(): Promise<void> {
    await fixture.signer.sign(); // names the log, the first time
    await fixture.write(2);
    await fixture.sequencer.drain();
    await fixture.signer.sign();
  }

  async function rotate(): Promise<void> {
    await fixture.signer.beginRotation();
    await fixture.sequencer.drain();
    expect(await fixture.signer.sign()).toBe('handed over');
    await grow();
  }

  const owner = <T = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<T[]> => fixture.databases.recordsOwner<T>(sql, parameters);

  async function backup(): Promise<void> {
    for (const table of TABLES) await owner(`DROP TABLE IF EXISTS kept_${table}`);
    for (const table of TABLES) await owner(`CREATE TABLE kept_${table} AS TABLE ${table}`);
  }

  async function restore(): Promise<void> {
    const copies = TABLES.map((table) => `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM kept_${table};`);
    await owner(`BEGIN; SET LOCAL session_replication_role = replica; ${TABLES.map((table) => `DELETE FROM ${table};`).join(' ')} ${copies.join(' ')} COMMIT`);
    await fixture.signer.restart();
    await grow();
  }

  async function restoredOverRotation(): Promise<{ readonly before: VerifierKey; readonly note: string }> {
    const [{ vkey }] = (await owner<{ vkey: string }>('SELECT vkey FROM log_key')) as [{ vkey: string }];
    const [{ note }] = (await owner<{ note: string }>('SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1')) as [{ note: string }];
    await backup();
    await rotate();
    await restore();
    return { before: parseVerifierKey(vkey)!, note };
  }

  const present = (): VerifierKey => SigningKey.read(fixture.secrets).verifier('x');
  const changesSaid = async (): Promise<number> => (await owner(`SELECT FROM log_entry WHERE kind = 'log.key-rotated'`)).length;

  const findings = (key = present()) => findingsOf(fixture, key);

  /** A key that is nobody's of this log. */
  function strangersKey(): SigningKey {
    const directory = mkdtempSync(join(fixture.secrets, 'stranger-'));
    writeFileSync(join(directory, 'key.pem'), generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }));
    return SigningKey.from(directory, 'key.pem');
  }

  it('verifies, from the present key and from the one before', async () => {
    const { before } = await restoredOverRotation();
    expect(await findings()).toEqual([]);
    expect(await findings(before)).toEqual([]);
  });

  it('verifies in its export, from the present key and from the one before, against a checkpoint kept from before', async () => {
    const { before, note } = await restoredOverRotation();
    const directory = join(fixture.secrets, 'export');
    await writeExport(fixture.databases.records, directory, () => undefined);
    for (const key of [before, present()]) {
      expect((await verifyExportedLog(directory, key, [{ name: 'kept', note }], () => undefined)).findings).toEqual([]);
    }
  });

  it('verifies when two changes are lost, when it is restored again, and when its key is changed again', async () => {
    await backup();
    await rotate();
    await rotate();
    await restore();
    expect(await changesSaid()).toBe(2);
    expect(await findings()).toEqual([]);
    await restore();
    expect(await findings()).toEqual([]);
    await fixture.signer.restart(); // nothing was lost: nothing is said again
    await grow();
    expect(await changesSaid()).toBe(2);
    await rotate();
    expect(await findings()).toEqual([]);
  });

  it('verifies when the backup has the beginning of the change and not its end', async () => {
    await fixture.signer.beginRotation();
    await fixture.sequencer.drain();
    await backup();
    expect(await fixture.signer.sign()).toBe('handed over');
    await restore();
    expect(await findings()).toEqual([]);
  });

  it('and whose old key was exchanged in the database, with checkpoints signed by the other one, is found', async () => {
    await restoredOverRotation();
    const stranger = strangersKey();
    const [{ origin }] = (await owner<{ origin: string }>('SELECT origin FROM log_origin ORDER BY number LIMIT 1')) as [{ origin: string }];
    const vkey = formatVerifierKey(stranger.verifier(origin));
    for (const table of ['log_origin', 'log_key']) {
      await owner(`BEGIN; SET LOCAL session_replication_role = replica; UPDATE ${table} SET vkey = '${vkey}' WHERE origin = '${origin}'; COMMIT`);
    }
    const rows = await owner<{ size: string; note: string }>('SELECT size, note FROM log_checkpoint WHERE origin = $1', [origin]);
    for (const { size, note } of rows) {
      const forged = stranger.sign(origin, parseNote(note)!.text);
      await owner(`BEGIN; SET LOCAL session_replication_role = replica; UPDATE log_checkpoint SET note = '${forged}' WHERE origin = '${origin}' AND size = ${size}; COMMIT`);
    }
    const named = (await findings()).filter(({ kind }) => kind === 'wrong-key').map(({ name }) => name);
    expect(named).toEqual(expect.arrayContaining([origin, ...rows.map(({ size }) => `${origin} ${size}`)]));

    // An entry that says the change again does not help: the present key has not signed it.
    const { size, root } = parseCheckpoint(parseNote(rows[0]!.note)!.text)!;
    const own = handedOverContext(origin, stranger, strangersKey(), { size, root: Buffer.from(root) });
    const claimed = { ...own, vkey: formatVerifierKey(SigningKey.read(fixture.secrets).verifier(origin)) };
    for (const context of [own, claimed]) await forgeEntry(owner, 'log.key-rotated', fixture.clock.now(), JSON.stringify(context));
    await grow();
    expect((await findings()).filter(({ kind }) => kind === 'wrong-key').map(({ name }) => name)).toEqual(named);
  });
});
