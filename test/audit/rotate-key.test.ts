import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openCheckpoint } from '../../src/audit/checkpoint.js';
import { checkRotation } from '../../src/audit/key-rotation.js';
import { logKeys } from '../../src/audit/log-keys.js';
import { beginRotation } from '../../src/audit/rotate-key.js';
import { signHead } from '../../src/audit/sign-head.js';
import type { SigningDesk } from '../../src/audit/signing-desk.js';
import { SignerStateFile } from '../../src/audit/signer-state.js';
import { overwriteSigningKey, SigningKey } from '../../src/audit/signing-key.js';
import { formatVerifierKey, parseVerifierKey, sameKey } from '../../src/audit/verifier-key.js';
import { findingsOf, logFixture, type LogFixture } from './log-fixture.js';

let fixture: LogFixture;
let desk: SigningDesk;
beforeEach(async () => {
  fixture = await logFixture();
  desk = { secretsDirectory: fixture.secrets, file: new SignerStateFile(fixture.secrets), log: fixture.log };
  await grow();
});
afterEach(() => fixture.databases.close());

const COMMAND = { system: 'command' } as const;
const pemFile = (): string => join(fixture.secrets, 'log-signing-key.pem');
const keyFiles = (): string[] => readdirSync(fixture.secrets).filter((name) => name.startsWith('log-signing-key'));
const across = <T>(work: Parameters<typeof fixture.databases.records.acrossSites<T>>[0]): Promise<T> => fixture.databases.records.acrossSites(work);
const keys = () => across((tx) => logKeys(tx));
const checkpoints = (): Promise<{ size: number; note: string }[]> =>
  fixture.databases.recordsOwner('SELECT size, note FROM log_checkpoint ORDER BY size');

async function grow(process: Pick<LogFixture, 'signer' | 'sequencer'> = fixture): Promise<void> {
  await process.signer.sign(); // names the log, the first time
  await fixture.write(1);
  await process.sequencer.drain();
  await process.signer.sign();
}

/** The first half of a pass: what was signed is in the file, and the commit never came. */
async function signWithoutCommit(): Promise<void> {
  const crash = across(async (tx) => {
    await signHead(tx, desk, fixture.clock.now());
    throw new Error('crashed');
  });
  await expect(crash).rejects.toThrow('crashed');
}

const signWithoutRetiring = () => across((tx) => signHead(tx, desk, fixture.clock.now()));

/** Where a change of keys can be cut short, in the order of its steps; each goes on from the one before. */
const STEPS: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['the next key is made', () => Promise.resolve(SigningKey.createNext(fixture.secrets))],
  ['it is said in the log', () => across((tx) => beginRotation(tx, desk, COMMAND))],
  ['that is in the tree', () => fixture.sequencer.drain()],
  ['both have signed, in the file', signWithoutCommit],
  ['both have signed, in the database', signWithoutRetiring],
  ['the old key is overwritten', () => Promise.resolve(overwriteSigningKey(fixture.secrets))],
];

describe('a change of the log’s key', () => {
  it.each(STEPS.map(([name], at) => [name, at] as const))('cut short when %s, is ended by whoever comes next', async (_name, at) => {
    const before = (await keys())[0]!.vkey;
    const old = readFileSync(pemFile(), 'utf8');
    for (const [, step] of STEPS.slice(0, at + 1)) await step();
    const others = [fixture.anotherProcess(), fixture.anotherProcess()];
    fixture.clock.setTo(new Date('2027-03-02T15:00:00Z'));
    for (let passes = 0; passes < 4; passes++) {
      await fixture.write(1);
      await Promise.all(others.flatMap(({ signer, sequencer }) => [sequencer.drain(), signer.sign()]));
    }
    await expectHandedOver(before, old);
    await grow();
    const key = parseVerifierKey((await keys())[0]!.vkey)!;
    expect(openCheckpoint((await checkpoints()).at(-1)!.note, key)).toBeDefined();
    expect(await findingsOf(fixture, key)).toEqual([]);
  });

  it('leaves a checkpoint that both have signed between those of the one and of the other', async () => {
    const { from, to } = await rotate();
    const [old, next] = [parseVerifierKey(from)!, parseVerifierKey(to)!];
    await grow();
    const notes = (await checkpoints()).map(({ note }) => [openCheckpoint(note, old) !== undefined, openCheckpoint(note, next) !== undefined]);
    const at = notes.findIndex(([byOld, byNext]) => byOld && byNext);
    expect(at).toBeGreaterThan(0);
    expect(notes.slice(0, at).every(([byOld, byNext]) => byOld && !byNext)).toBe(true);
    expect(notes.slice(at + 1)).toEqual(notes.slice(at + 1).map(() => [false, true]));
    expect(notes.length).toBeGreaterThan(at + 1);
  });

  it('is said once in the log, in an entry under that checkpoint, signed by both', async () => {
    const { from, to } = await rotate();
    const said = await fixture.databases.recordsOwner<{ index: number; context: string; actor: string }>(
      `SELECT index, context, actor FROM log_entry e JOIN log_part p ON p.entry_id = e.id JOIN log_index i ON i.entry_id = e.id WHERE kind = 'log.key-rotated'`,
    );
    expect(said).toHaveLength(1);
    const rotation = checkRotation(JSON.parse(said[0]!.context) as Record<string, unknown>)!;
    expect([formatVerifierKey(rotation.previous), formatVerifierKey(rotation.next)]).toEqual([from, to]);
    const [newest] = await keys();
    expect(said[0]!.index).toBeLessThan(newest!.from);
    expect(JSON.parse(said[0]!.actor)).toEqual(COMMAND);
  });

  it('lists the keys with what they signed', async () => {
    const first = (await keys())[0]!;
    const [{ to: second }, { to: third }] = [await rotate(), await rotate()];
    const [newest, middle, oldest] = await keys();
    expect([newest!.vkey, middle!.vkey, oldest!.vkey]).toEqual([third, second, first.vkey]);
    expect(oldest).toMatchObject({ from: 0, to: middle!.from });
    expect(middle!.to).toBe(newest!.from);
    expect(newest!.to).toBeUndefined();
  });

  it('goes on with the key that it began with when two ask for it', async () => {
    const [one, other] = await Promise.all([fixture.signer.beginRotation(), fixture.anotherProcess().signer.beginRotation()]);
    expect(other).toEqual(one);
    await finish();
    expect(await keys()).toHaveLength(2);
  });

  it('comes by itself when the key is a year old, and not before', async () => {
    await grow();
    fixture.clock.setTo(new Date('2028-02-29T00:00:00Z'));
    await grow();
    expect([keyFiles(), (await keys()).length]).toEqual([['log-signing-key.pem'], 1]);
    fixture.clock.setTo(new Date('2028-03-01T16:00:00Z'));
    await grow();
    await grow();
    await grow();
    expect([keyFiles(), (await keys()).length]).toEqual([['log-signing-key.pem'], 2]);
    fixture.clock.setTo(new Date('2029-02-28T00:00:00Z'));
    await grow();
    await grow();
    expect(await keys()).toHaveLength(2);
  });

  it('is noticed by a process that signed before', async () => {
    const other = fixture.anotherProcess();
    await grow(other);
    const { to } = await rotate();
    await grow(other);
    expect(openCheckpoint((await checkpoints()).at(-1)!.note, parseVerifierKey(to)!)).toBeDefined();
    const note = await across((tx) => other.signer.signDocument(tx, '{"v":1}\n'));
    expect(note).toContain(Buffer.from(parseVerifierKey(to)!.keyId).toString('base64').slice(0, 5));
  });

  it('keeps signing with the old key until the tree holds the entry', async () => {
    const { from } = await fixture.signer.beginRotation();
    await fixture.databases.recordsOwner('CREATE TABLE kept AS SELECT * FROM log_pending');
    await fixture.databases.recordsOwner('DELETE FROM log_pending');
    await grow();
    expect(openCheckpoint((await checkpoints()).at(-1)!.note, parseVerifierKey(from)!)).toBeDefined();
    expect(await keys()).toHaveLength(1);
    await fixture.databases.recordsOwner('INSERT INTO log_pending SELECT * FROM kept');
    await finish();
    expect(await keys()).toHaveLength(2);
  });
});

describe('after a change of the key', () => {
  it('a database from before it is refused as rolled back', async () => {
    const [sizes] = await fixture.databases.recordsOwner<{ size: number; frontier: Buffer }>('SELECT size, frontier FROM log_head');
    await rotate();
    await grow();
    const { recordsOwner } = fixture.databases;
    await recordsOwner('DELETE FROM log_key WHERE number > 1');
    await recordsOwner('DELETE FROM log_checkpoint WHERE size > $1', [sizes!.size]);
    await recordsOwner('DELETE FROM log_index WHERE index >= $1', [sizes!.size]);
    await recordsOwner('UPDATE log_head SET size = $1, frontier = $2', [sizes!.size, sizes!.frontier]);
    await expect(fixture.anotherProcess().signer.sign()).rejects.toMatchObject({
      code: 'LOG_ROLLED_BACK',
      message: 'the log was signed with a newer key than the database knows',
    });
    const started = await fixture.anotherProcess().signer.restart();
    expect(await keys()).toMatchObject([{ origin: started.origin, vkey: started.vkey }, { from: 0 }]);
  });

  it('the old file in the place of the new one is refused', async () => {
    const old = readFileSync(pemFile(), 'utf8');
    await rotate();
    await grow();
    writeFileSync(pemFile(), old);
    await expect(fixture.signer.sign()).rejects.toMatchObject({ code: 'LOG_STATE_MISSING', message: 'the signing key is of another log than the database' });
  });

  it('a new name of the log keeps the key, and its age', async () => {
    const { to } = await rotate();
    const [before] = await keys();
    fixture.clock.advanceDays(100);
    const started = await fixture.signer.restart();
    expect(sameKey(parseVerifierKey(started.vkey)!, parseVerifierKey(to)!)).toBe(true);
    const [now] = await keys();
    expect([now!.vkey, now!.since]).toEqual([started.vkey, before!.since]);
  });

  it.each([['it is in the tree', 3], ['both have signed, in the file', 4], ['both have signed, in the database', 5]])(
    'one that was cut short when %s does not hinder a new name',
    async (_name, steps) => {
      for (const [, step] of STEPS.slice(0, steps)) await step();
      const started = await fixture.signer.restart();
      for (let passes = 0; passes < 4; passes++) await grow();
      const newest = (await keys()).find(({ to }) => to === undefined)!;
      expect(newest.origin).toBe(started.origin);
      expect(openCheckpoint((await checkpoints()).at(-1)!.note, parseVerifierKey(newest.vkey)!)).toMatchObject({ origin: started.origin });
      expect(keyFiles()).toEqual(['log-signing-key.pem']);
    },
  );
});

async function finish(): Promise<void> {
  for (let passes = 0; passes < 3; passes++) {
    await fixture.sequencer.drain();
    await fixture.signer.sign();
  }
}

async function rotate() {
  const rotation = await fixture.signer.beginRotation();
  await finish();
  expect((await keys())[0]!.vkey).toBe(rotation.to);
  return rotation;
}

async function expectHandedOver(before: string, old: string): Promise<void> {
  const [newest, previous, ...more] = await keys();
  expect([previous!.vkey, more]).toEqual([before, []]);
  expect(formatVerifierKey(SigningKey.read(fixture.secrets).verifier(newest!.origin))).toBe(newest!.vkey);
  expect([keyFiles(), statSync(pemFile()).mode & 0o777]).toEqual([['log-signing-key.pem'], 0o600]);
  const secret = old.split('\n')[1]!;
  for (const name of readdirSync(fixture.secrets)) expect(readFileSync(join(fixture.secrets, name), 'utf8')).not.toContain(secret);
  const handOver = (await checkpoints()).find(({ size }) => size === newest!.from)!;
  for (const vkey of [before, newest!.vkey]) expect(openCheckpoint(handOver.note, parseVerifierKey(vkey)!)).toMatchObject({ size: newest!.from });
}
