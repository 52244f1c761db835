import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formatCheckpoint, parseCheckpoint } from '../../../src/audit/checkpoint.js';
import { writeExport } from '../../../src/audit/export/write-export.js';
import { parseNote } from '../../../src/audit/signed-note.js';
import { SigningKey, signNote } from '../../../src/audit/signing-key.js';
import { parseVerifierKey } from '../../../src/audit/verifier-key.js';
import type { Finding } from '../../../src/audit/verify/finding.js';
import { verifyExportedLog } from '../../../src/audit/verify/verify-exported-log.js';
import { logFixture, type LogFixture } from '../log-fixture.js';
import { ExportCopy } from './tampered-export.js';
import { another } from './tampered-log.js';

let fixture: LogFixture;
let root: string;
let vkeys: readonly string[];
/** Their private halves, the oldest first: who has them can sign what he likes. */
const keys: SigningKey[] = [];
/** Sizes of the two checkpoints at which the key changed. */
let sizes: readonly [string, string];
let copies = 0;

async function grow(): Promise<void> {
  await fixture.write(2);
  await fixture.sequencer.drain();
  await fixture.signer.sign();
}

async function rotate(): Promise<string> {
  const { to } = await fixture.signer.beginRotation();
  for (let passes = 0; passes < 3; passes++) await grow();
  keys.push(SigningKey.read(fixture.secrets));
  return to;
}

beforeAll(async () => {
  fixture = await logFixture();
  root = mkdtempSync(join(tmpdir(), 'thinfile-keys-'));
  await fixture.signer.sign(); // names the log
  keys.push(SigningKey.read(fixture.secrets));
  await grow();
  const [{ vkey }] = (await fixture.databases.recordsOwner('SELECT vkey FROM log_origin')) as [{ vkey: string }];
  vkeys = [vkey, await rotate(), await rotate()];
  await writeExport(fixture.databases.records, join(root, 'log'), () => undefined);
  sizes = readdirSync(join(root, 'log')).flatMap((name) => /^checkpoint\.(\d+)$/.exec(name)?.[1] ?? []).sort((a, b) => Number(a) - Number(b)) as [string, string];
});
afterAll(async () => {
  await fixture.databases.close();
  rmSync(root, { recursive: true, force: true });
});

function copy(): ExportCopy {
  const directory = join(root, `copy-${copies++}`);
  cpSync(join(root, 'log'), directory, { recursive: true });
  return new ExportCopy(directory);
}

const verify = async ({ directory }: ExportCopy, vkey = vkeys[2]!) => (await verifyExportedLog(directory, parseVerifierKey(vkey)!, [], () => undefined)).findings;
const noted = (at: number) => `checkpoint.${sizes[at]}`;
/** Another history, signed by both keys of a change. */
function forge(it: ExportCopy, at: 0 | 1, name = noted(at)): void {
  it.text(name, (note) => {
    const checkpoint = parseCheckpoint(parseNote(note)!.text)!;
    return signNote(checkpoint.origin, formatCheckpoint({ ...checkpoint, root: Buffer.alloc(32, 9) }), keys.slice(at, at + 2));
  });
}
const lines = (it: ExportCopy, change: (all: string[]) => readonly string[]) => it.lines('vkeys', change);
const LIST: Partial<Finding> = { kind: 'file-differs', name: 'vkeys' };

const CASES: readonly (readonly [what: string, how: (it: ExportCopy) => void, found: () => Partial<Finding>])[] = [
  ['the list of keys deleted', (it) => it.remove('vkeys'), () => ({ kind: 'file-missing', name: 'vkeys' })],
  ['an empty list of keys', (it) => it.write('vkeys', ''), () => LIST],
  ['a list of keys that is none', (it) => it.write('vkeys', 'null\n5\n'), () => LIST],
  ['the line of the oldest key deleted', (it) => lines(it, (all) => all.slice(1)), () => LIST],
  ['the lines of both older keys deleted', (it) => lines(it, (all) => [all[2]!.replace(/"from":\d+/, '"from":0')]), () => LIST],
  ['the line of the newest key deleted', (it) => lines(it, (all) => all.slice(0, -1)), () => LIST],
  ['two lines exchanged', (it) => lines(it, ([one, two, ...rest]) => [two!, one!, ...rest]), () => LIST],
  ['a line twice', (it) => lines(it, (all) => [all[0]!, ...all]), () => LIST],
  ['another key in a line', (it) => lines(it, (all) => all.map((line, at) => (at === 0 ? line.replace(/(?<=\+)./, another) : line))), () => LIST],
  ['another first size in a line', (it) => lines(it, (all) => all.map((line, at) => (at === 1 ? line.replace(/"from":\d+/, '"from":1') : line))), () => LIST],
  ['a last size for the key in use', (it) => lines(it, (all) => all.map((line, at) => (at === 2 ? line.replace(',"vkey"', ',"to":9,"vkey"') : line))), () => LIST],
  ['a member that no line has', (it) => lines(it, (all) => all.map((line) => line.replace('{', '{"a":1,'))), () => LIST],
  ['another size at which one key follows the other', (it) => it.text('vkeys', (text) => text.replaceAll(`:${sizes[0]}`, ':1')), () => ({ kind: 'file-missing', name: 'checkpoint.1' })],
  ['the checkpoint of the first change deleted', (it) => it.remove(noted(0)), () => ({ kind: 'file-missing', name: noted(0) })],
  ['the checkpoint of the second change deleted', (it) => it.remove(noted(1)), () => ({ kind: 'file-missing', name: noted(1) })],
  ['its root edited', (it) => it.text(noted(0), (text) => text.replace(/(?<=\n\d+\n)./, another)), () => ({ kind: 'bad-signature', name: noted(0) })],
  ['its first signature taken away', (it) => it.text(noted(0), (text) => text.replace(/\n\u2014[^\n]*(?=\n)/, '')), () => ({ kind: 'wrong-key', name: noted(0) })],
  ['its last signature taken away', (it) => it.text(noted(1), (text) => text.replace(/\u2014[^\n]*\n$/, '')), () => ({ kind: 'wrong-key', name: noted(1) })],
  ['the newest checkpoint in its place', (it) => it.write(noted(1), it.bytes('checkpoint')), () => ({ kind: 'wrong-key', name: noted(1) })],
  ['no checkpoint in its place', (it) => it.write(noted(0), 'all is well\n'), () => ({ kind: 'checkpoint-malformed', name: noted(0) })],
];

describe('an export of a log whose key changed', () => {
  it('is good by each of its keys', async () => {
    for (const vkey of vkeys) expect(await verify(copy(), vkey)).toEqual([]);
  });

  it.each(CASES)('with %s is found by whoever has the newest key', async (_what, how, found) => {
    const it = copy();
    how(it);
    expect((await verify(it))[0]).toMatchObject(found());
  });

  it.each([0, 1] as const)('with a checkpoint of another tree that both keys signed is found, by each of its keys, change %i', async (at) => {
    const it = copy();
    forge(it, at);
    for (const vkey of vkeys) expect(await verify(it, vkey)).toEqual([{ kind: 'forked', size: Number(sizes[at]), name: noted(at) }]);
  });

  it('with a change under another size than it was signed at is found', async () => {
    const it = copy();
    it.text('vkeys', (text) => text.replaceAll(`:${sizes[0]}`, ':1'));
    renameSync(join(it.directory, noted(0)), join(it.directory, 'checkpoint.1'));
    expect(await verify(it)).toEqual([{ kind: 'checkpoint-misplaced', name: 'checkpoint.1' }]);
  });

  it('has no checkpoint named as added where the list that names it is gone', async () => {
    const it = copy();
    it.remove('vkeys');
    expect(await verify(it)).toEqual([{ kind: 'file-missing', name: 'vkeys' }]);
  });

  it('is good after a restore as well, under its next name, and so is one whose change a restore cut short', async () => {
    await fixture.signer.beginRotation();
    await fixture.sequencer.drain();
    const { vkey } = await fixture.signer.restart();
    await grow();
    const directory = join(root, 'restored');
    await writeExport(fixture.databases.records, directory, () => undefined);
    expect(existsSync(join(directory, noted(1)))).toBe(true);
    expect(await verify(new ExportCopy(directory), vkey)).toEqual([]);
    expect(await verify(new ExportCopy(directory), vkeys[0])).toEqual([]);
    const forged = new ExportCopy(join(root, 'restored-and-forged'));
    cpSync(directory, forged.directory, { recursive: true });
    forge(forged, 0);
    expect(await verify(forged, vkey)).toEqual([{ kind: 'forked', size: Number(sizes[0]), name: noted(0) }]);
    forged.text(noted(0), (text) => text.replace(/(?<=\n\d+\n)./, another));
    expect(await verify(forged, vkey)).toEqual([{ kind: 'bad-signature', name: noted(0) }]);
    const next = await rotate();
    await writeExport(fixture.databases.records, join(root, 'restored-again'), () => undefined);
    const again = new ExportCopy(join(root, 'restored-again'));
    expect(await verify(again, next)).toEqual([]);
    again.remove('vkeys');
    expect(await verify(again, next)).toEqual([{ kind: 'file-missing', name: 'vkeys' }]);
  });
});

it('an export is written, and is good, where the database has every checkpoint twice', async () => {
  const { databases } = fixture;
  await databases.recordsOwner('ALTER TABLE log_checkpoint DROP CONSTRAINT log_checkpoint_pk CASCADE; INSERT INTO log_checkpoint SELECT * FROM log_checkpoint');
  await writeExport(databases.records, join(root, 'twice'), () => undefined);
  expect(await verify(new ExportCopy(join(root, 'twice')))).toEqual([]);
});
