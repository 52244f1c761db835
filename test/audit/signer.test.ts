import { performance } from 'node:perf_hooks';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CheckCheckpoint } from '../../src/access/check-checkpoint.js';
import { openCheckpoint } from '../../src/audit/checkpoint.js';
import { openNote } from '../../src/audit/signed-note.js';
import { parseVerifierKey, type VerifierKey } from '../../src/audit/verifier-key.js';
import { signingInWords } from '../../src/web/words/verification-words.js';
import { logFixture, type LogFixture } from './log-fixture.js';
import { naiveRoot } from './naive-tree.js';

let fixture: LogFixture;
beforeEach(async () => (fixture = await logFixture()));
afterEach(() => fixture.databases.close());

interface StoredCheckpoint {
  readonly origin: string;
  readonly size: number;
  readonly note: string;
}

const checkpoints = (): Promise<StoredCheckpoint[]> =>
  fixture.databases.recordsOwner<StoredCheckpoint>('SELECT origin, size, note FROM log_checkpoint ORDER BY signed_at, size');
/** What the log says of its own names, the newest first. */
const ORIGINS = "SELECT context FROM log_part JOIN log_entry ON id = entry_id WHERE kind = 'log.origin' ORDER BY id DESC";

const stateFile = (): string => join(fixture.secrets, 'log-signed-last.json');

async function verifier(): Promise<VerifierKey> {
  const [row] = await fixture.databases.recordsOwner<{ vkey: string }>('SELECT vkey FROM log_origin ORDER BY number DESC');
  return parseVerifierKey(row!.vkey)!;
}

/** Writes, sequences, signs. @returns the newest checkpoint, opened with the published key */
async function grow(count: number) {
  await fixture.write(count);
  await fixture.sequencer.drain();
  await fixture.signer.sign();
  const { note } = (await checkpoints()).at(-1)!;
  return openCheckpoint(note, await verifier())!;
}

/** What a thief or a restore does to the log: everything from an index on is gone, as if it had never been. */
async function rollBackTo(size: number, frontier: Buffer): Promise<void> {
  const { recordsOwner } = fixture.databases;
  await recordsOwner('DELETE FROM log_checkpoint WHERE size > $1', [size]);
  await recordsOwner(
    `WITH gone AS (DELETE FROM log_index WHERE index >= $1 RETURNING entry_id)
     DELETE FROM log_entry WHERE id IN (SELECT entry_id FROM gone)`,
    [size],
  );
  await recordsOwner('UPDATE log_head SET size = $1, frontier = $2', [size, frontier]);
}

async function head(): Promise<{ size: number; frontier: Buffer }> {
  const [row] = await fixture.databases.recordsOwner<{ size: number; frontier: Buffer }>('SELECT size, frontier FROM log_head');
  return row!;
}

describe('the signer', () => {
  it('names the log at its first start, with an entry that says so', async () => {
    await fixture.signer.sign();
    const checkpoint = await grow(2);
    expect(checkpoint.origin).toMatch(/^thinfile\/[0-9a-f]{32}$/);
    expect(checkpoint.size).toBe(3);
    const [entry] = await fixture.databases.recordsOwner(ORIGINS);
    expect(JSON.parse(entry!['context'] as string)).toEqual({ origin: checkpoint.origin, reason: 'first-start' });
    for (const name of ['log-signing-key.pem', 'log-signed-last.json']) {
      expect(statSync(join(fixture.secrets, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('signs the root of all that is in the tree, and nothing twice', async () => {
    const first = await grow(3);
    expect(await fixture.signer.sign()).toBe('nothing new');
    const second = await grow(4);
    expect([first.size, second.size]).toEqual([3, 8]); // between them: the entry that names the log
    const inOrder = 'SELECT leaf FROM log_index JOIN log_entry ON id = entry_id ORDER BY index';
    const leaves = await fixture.databases.recordsOwner<{ leaf: string }>(inOrder);
    expect(second.root).toEqual(naiveRoot(leaves.map(({ leaf }) => Buffer.from(leaf))));
    expect((await checkpoints()).map(({ size }) => size)).toEqual([first.size, second.size]);
  });

  it('that cannot note what it signs is not called at work, once entries have waited for a minute', async () => {
    const said = async () => signingInWords(await new CheckCheckpoint(fixture.databases.records, fixture.signer).state()).en;
    await grow(1);
    const inTheWay = `${stateFile()}.${process.pid}.new`;
    mkdirSync(inTheWay);
    await fixture.write(1);
    await fixture.sequencer.drain();
    await expect(fixture.signer.sign()).rejects.toMatchObject({ code: 'EISDIR' });
    expect([fixture.signer.fault, await said()]).toEqual([undefined, 'The log is being signed.']);
    const now = performance.now.bind(performance);
    const later = jest.spyOn(performance, 'now').mockImplementation(() => now() + 130_000);
    try {
      expect(await said()).toBe('The log is not being signed: entries wait for it, and nothing has been signed for 2 minutes. Tell whoever runs the server.');
      rmSync(inTheWay, { recursive: true });
      await fixture.signer.sign();
      expect(await said()).toBe('The log is being signed.');
    } finally {
      later.mockRestore();
    }
  });

  it('goes on in another process, and in a later one', async () => {
    const before = await grow(2);
    await fixture.write(1);
    await fixture.sequencer.drain();
    const [one, other] = [fixture.anotherProcess().signer, fixture.anotherProcess().signer];
    await Promise.all([one.sign(), other.sign()]);
    const after = openCheckpoint((await checkpoints()).at(-1)!.note, await verifier())!;
    expect(after.size).toBeGreaterThan(before.size);
    expect(await fixture.databases.recordsOwner('SELECT origin FROM log_origin')).toHaveLength(1);
  });

  it('makes one log when two processes start for the first time at once', async () => {
    const signers = [1, 2, 3].map(() => fixture.anotherProcess().signer);
    await Promise.all(signers.map((signer) => signer.sign()));
    expect(await fixture.databases.recordsOwner('SELECT origin FROM log_origin')).toHaveLength(1);
    expect(await fixture.databases.recordsOwner("SELECT id FROM log_entry WHERE kind = 'log.origin'")).toHaveLength(1);
  });

  it('publishes after a crash the very checkpoint that it had signed', async () => {
    await grow(2);
    const signed = (await checkpoints()).at(-1)!;
    await fixture.databases.recordsOwner('DELETE FROM log_checkpoint WHERE size = $1', [signed.size]);
    expect(await fixture.anotherProcess().signer.sign()).toBe('nothing new');
    expect((await checkpoints()).at(-1)).toEqual(signed);
  });

  it('refuses a database that was rolled back', async () => {
    await grow(3);
    const old = await head();
    await grow(3);
    const before = readFileSync(stateFile(), 'utf8');
    await rollBackTo(old.size, old.frontier);
    await expect(fixture.signer.sign()).rejects.toMatchObject({ name: 'LogFault', code: 'LOG_ROLLED_BACK' });
    expect(fixture.signer.fault).toMatchObject({ code: 'LOG_ROLLED_BACK' });
    expect(readFileSync(stateFile(), 'utf8')).toBe(before);
  });

  it('refuses a database that was rolled back and grew past what was signed', async () => {
    await grow(3);
    const old = await head();
    const signed = await grow(3);
    await rollBackTo(old.size, old.frontier);
    await fixture.write(9);
    await fixture.sequencer.drain();
    expect((await head()).size).toBeGreaterThan(signed.size);
    await expect(fixture.signer.sign()).rejects.toMatchObject({ code: 'LOG_FORKED' });
    expect((await checkpoints()).every(({ size }) => size < signed.size)).toBe(true);
  });

  it('refuses another tree of the same size', async () => {
    await grow(3);
    const { frontier } = await head();
    await fixture.databases.recordsOwner('UPDATE log_head SET frontier = $1', [Buffer.from(frontier).fill(frontier[0]! ^ 1, 0, 1)]);
    await expect(fixture.signer.sign()).rejects.toMatchObject({ code: 'LOG_FORKED' });
  });

  it.each([
    ['a leaf', `UPDATE log_entry SET leaf = replace(leaf, '"v":1', '"v":2')`],
    ['a kind', `UPDATE log_entry SET kind = 'answers.written'`],
    ['a time', `UPDATE log_entry SET at = at - interval '1 day'`],
    ['a counter', `UPDATE log_entry SET counter = counter + 100`],
    ['a site', `UPDATE log_entry SET site_id = gen_random_uuid()`],
    ['a site of parts', `UPDATE log_part SET site_id = gen_random_uuid()`],
    ['an intake', `UPDATE log_entry SET intake_id = gen_random_uuid()`],
    ['an actor', `UPDATE log_part SET actor = '{"system":"run"}'`],
    ['a purpose', `UPDATE log_part SET context = replace(context, 'prepare', 'review')`],
    ['a salt', `UPDATE log_part SET subject_salt = context_salt`],
    ['an entry removed', `DELETE FROM log_entry`],
    ['a place removed', `DELETE FROM log_index`],
    ['a hash', `UPDATE log_index SET leaf_hash = sha256(leaf_hash)`],
  ])('signs nothing over %s that was changed before it was signed', async (_name, change) => {
    const signed = await grow(1);
    await fixture.write(2);
    await fixture.sequencer.drain();
    const key = change.includes('log_entry') ? 'id' : 'entry_id';
    await fixture.databases.recordsOwner(`${change} WHERE ${key} = (SELECT max(entry_id) FROM log_index)`);
    await expect(fixture.signer.sign()).rejects.toMatchObject({ code: 'LOG_ENTRY_CHANGED' });
    expect((await checkpoints()).at(-1)!.size).toBe(signed.size);
  });

  it.each(['min', 'max'])('signs nothing over an entry that is there twice, where the owner of the database took away what refuses that: %s', async (which) => {
    const signed = await grow(1);
    await fixture.write(2);
    await fixture.sequencer.drain();
    await fixture.databases.recordsOwner('ALTER TABLE log_part DROP CONSTRAINT log_part_pk');
    await fixture.databases.recordsOwner(`INSERT INTO log_part SELECT * FROM log_part WHERE entry_id = (SELECT ${which}(entry_id) FROM log_index WHERE index >= $1)`, [signed.size]);
    await expect(fixture.signer.sign()).rejects.toMatchObject({ code: 'LOG_ENTRY_CHANGED', message: expect.stringContaining('duplicated') });
    expect((await checkpoints()).at(-1)!.size).toBe(signed.size);
  });

  it('signs over entries whose parts were pruned', async () => {
    await grow(1);
    await fixture.write(2);
    await fixture.sequencer.drain();
    await fixture.databases.recordsOwner('DELETE FROM log_part');
    expect(await fixture.signer.sign()).toBe('signed');
  });

  it.each(['log-signed-last.json', 'log-signing-key.pem'])('does not start a log over again when %s is gone', async (name) => {
    await grow(1);
    rmSync(join(fixture.secrets, name));
    await expect(fixture.anotherProcess().signer.sign()).rejects.toMatchObject({ code: 'LOG_STATE_MISSING' });
    expect(existsSync(join(fixture.secrets, name))).toBe(false);
  });

  it('does not take a file that it cannot read for a fresh start', async () => {
    await grow(1);
    writeFileSync(stateFile(), '{"origin":');
    await expect(fixture.anotherProcess().signer.sign()).rejects.toMatchObject({ code: 'LOG_STATE_MISSING' });
  });

  it('refuses an empty database where it has signed before', async () => {
    await grow(1);
    await fixture.databases.recordsOwner('TRUNCATE log_cosignature, log_witness, log_checkpoint, log_key, log_origin, log_index, log_entry, log_part, log_pending');
    await expect(fixture.anotherProcess().signer.sign()).rejects.toMatchObject({ code: 'LOG_ROLLED_BACK' });
  });

  it('starts a restored log under another name, which says what it follows', async () => {
    await grow(3);
    const old = await head();
    const signed = await grow(3);
    await rollBackTo(old.size, old.frontier);
    await expect(fixture.signer.sign()).rejects.toMatchObject({ code: 'LOG_ROLLED_BACK' });
    const started = await fixture.signer.restart();
    expect(started.origin).not.toBe(signed.origin);
    const checkpoint = await grow(0);
    expect(checkpoint).toMatchObject({ origin: started.origin, size: old.size + 1 });
    expect(fixture.signer.fault).toBeUndefined();
    const [entry] = await fixture.databases.recordsOwner(ORIGINS);
    const said = { origin: started.origin, reason: 'restored', previousOrigin: signed.origin, size: signed.size };
    expect(JSON.parse(entry!['context'] as string)).toEqual(said);
  });
});

describe('a document', () => {
  it('is signed under the name of the log', async () => {
    const note = await fixture.databases.records.acrossSites((tx) => fixture.signer.signDocument(tx, '{"v":1}\n'));
    expect(openNote(note, await verifier())).toBe('{"v":1}\n');
  });

  it('is never a checkpoint', async () => {
    const signed = fixture.databases.records.acrossSites((tx) => fixture.signer.signDocument(tx, `thinfile/x\n1\n${'A'.repeat(43)}=\n`));
    await expect(signed).rejects.toThrow(TypeError);
  });
});
