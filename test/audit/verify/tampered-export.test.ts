import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LogExport } from '../../../src/audit/export/read-export.js';
import { parseVerifierKey, verifierKey } from '../../../src/audit/verifier-key.js';
import type { Finding } from '../../../src/audit/verify/finding.js';
import { partsInThread } from '../../../src/audit/verify/parts-ahead.js';
import { verifyExportedLog } from '../../../src/audit/verify/verify-exported-log.js';
import { LogNotGood, verifyExport } from '../../../src/commands/verify-log.js';
import { exchanged, ExportCopy, TamperedExport } from './tampered-export.js';
import { another } from './tampered-log.js';

let made: TamperedExport;
beforeAll(async () => (made = await TamperedExport.make()));
afterAll(() => made.close());

const kept = () => made.kept.map((name) => ({ name, note: readFileSync(name, 'utf8') }));
const THREAD = new URL('../../../dist/src/audit/verify/parts-thread.js', import.meta.url);
const verify = ({ directory }: ExportCopy, key = parseVerifierKey(made.vkey)!) => verifyExportedLog(directory, key, kept(), () => undefined);
const verifyWithThread = ({ directory }: ExportCopy) =>
  verifyExportedLog(directory, parseVerifierKey(made.vkey)!, kept(), () => undefined, [], (size) => partsInThread(directory, size, THREAD));

const [BUNDLE, TILE, PARTS] = ['tile/entries/001', 'tile/0/001', 'parts/001'];
const LAST = '.p/89';
type Case = readonly [what: string, how: (copy: ExportCopy) => void, first: Partial<Finding>];
/** Entry 300 is the 44th of its bundle. */
const CASES: readonly Case[] = [
  ['a leaf edited', (it) => it.leaves(BUNDLE, (all) => all.map((leaf, at) => (at === 44 ? leaf.replace('"v":1', '"v":2') : leaf))), { kind: 'leaf-changed', index: 300 }],
  ['a leaf that is not even text', (it) => it.leaves(BUNDLE, (all) => all.map((leaf, at) => (at === 44 ? '\u0000é' : leaf))), { kind: 'leaf-changed', index: 300 }],
  ['a leaf deleted', (it) => it.leaves(BUNDLE, (all) => all.filter((_, at) => at !== 44)), { kind: 'removed', index: 300 }],
  ['a leaf inserted', (it) => it.leaves(BUNDLE, (all) => [...all.slice(0, 44), 'forged', ...all.slice(44)]), { kind: 'added', index: 300 }],
  ['a leaf repeated', (it) => it.leaves(BUNDLE, (all) => [...all.slice(0, 45), all[44]!, ...all.slice(45)]), { kind: 'duplicated', index: 301, other: 300 }],
  ['a leaf copied over another', (it) => it.leaves(BUNDLE, (all) => all.map((leaf, at) => (at === 44 ? all[43]! : leaf))), { kind: 'duplicated', index: 300 }],
  ['two leaves exchanged', (it) => it.leaves(BUNDLE, (all) => exchanged(all, 44, 50)), { kind: 'reordered', index: 300, other: 306 }],
  ['two leaves exchanged, and their hashes', (it) => (it.leaves(BUNDLE, (all) => exchanged(all, 44, 50)), it.hashes(TILE, (all) => exchanged(all, 44, 50))), { kind: 'changed', from: 0, to: 301 }],
  ['a bundle cut short', (it) => it.write(BUNDLE, it.bytes(BUNDLE).subarray(0, 20_000)), { kind: 'removed', index: 256 }],
  ['a bundle deleted', (it) => it.remove(BUNDLE), { kind: 'removed', index: 256 }],
  ['a bundle and its tile deleted', (it) => (it.remove(BUNDLE), it.remove(TILE)), { kind: 'truncated', index: 256, size: 601 }],
  ['the last bundle deleted', (it) => (it.remove(`tile/entries/002${LAST}`), it.remove(`tile/0/002${LAST}`)), { kind: 'truncated', index: 512, size: 601 }],
  ['two bundles exchanged', (it) => { const [a, b] = [it.bytes('tile/entries/000'), it.bytes(BUNDLE)]; it.write('tile/entries/000', b); it.write(BUNDLE, a); }, { kind: 'reordered', index: 0, other: 256 }],
  ['a hash edited', (it) => it.hashes(TILE, (all) => all.map((hash, at) => (at === 44 ? Buffer.alloc(32) : hash))), { kind: 'tile-differs', index: 300 }],
  ['a hash too many', (it) => it.hashes(TILE, (all) => [...all, all[0]!]), { kind: 'tile-differs', name: TILE }],
  ['a hash too few', (it) => it.hashes(TILE, (all) => all.slice(1)), { kind: 'tile-differs', name: TILE }],
  ['two hashes exchanged', (it) => it.hashes(TILE, (all) => exchanged(all, 44, 50)), { kind: 'tile-differs', index: 300 }],
  ['a tile deleted', (it) => it.remove(TILE), { kind: 'file-missing', name: TILE }],
  ['a tile of the level above edited', (it) => it.hashes('tile/1/000.p/2', (all) => exchanged(all, 0, 1)), { kind: 'tile-differs', name: 'tile/1/000.p/2' }],
  ['a tile of the level above deleted', (it) => it.remove('tile/1/000.p/2'), { kind: 'file-missing', name: 'tile/1/000.p/2' }],
  ['a part edited', (it) => it.lines(PARTS, (all) => all.map((line, at) => (at === 44 ? line.replace(/(purpose.{5})prepare/, '$1review') : line))), { kind: 'part-or-salt-changed', part: 'context', index: 300 }],
  ['a part edited into one that no entry has', (it) => it.lines(PARTS, (all) => all.map((line, at) => (at === 44 ? line.replace(/(purpose.{5})prepare/, '$1curiosity') : line))), { kind: 'part-changed', part: 'context', index: 300 }],
  ['a salt edited', (it) => it.lines(PARTS, (all) => all.map((line, at) => (at === 44 ? line.replace(/(?<="salt":")./, another) : line))), { kind: 'part-or-salt-changed', part: 'actor', index: 300 }],
  ['a salt cut short', (it) => it.lines(PARTS, (all) => all.map((line, at) => (at === 44 ? line.replace(/"salt":"..../, '"salt":"') : line))), { kind: 'salt-changed', part: 'actor', index: 300 }],
  ['two lines of parts exchanged', (it) => it.lines(PARTS, (all) => exchanged(all, 44, 50)), { kind: 'parts-line-wrong', index: 300, other: 306 }],
  ['a line of parts deleted', (it) => it.lines(PARTS, (all) => all.filter((_, at) => at !== 44)), { kind: 'parts-line-wrong', index: 300, other: 301 }],
  ['a line without its parts', (it) => it.lines(PARTS, (all) => all.map((line, at) => (at === 44 ? '{"index":300}' : line))), { kind: 'parts-gone', index: 300 }],
  ['a part that is nothing', (it) => it.lines(PARTS, (all) => all.map((line, at) => (at === 44 ? '{"index":300,"context":null}' : line))), { kind: 'part-changed', part: 'context', index: 300 }],
  ['a line that is none', (it) => it.lines(PARTS, (all) => all.map((line, at) => (at === 44 ? 'null' : line))), { kind: 'parts-line-wrong', index: 300 }],
  ['the parts of a bundle deleted', (it) => it.remove(PARTS), { kind: 'parts-gone', index: 256 }],
  ['the root of the checkpoint edited', (it) => it.text('checkpoint', (text) => text.replace(/(?<=\n601\n)./, another)), { kind: 'bad-signature', name: 'checkpoint' }],
  ['the size of the checkpoint edited', (it) => it.text('checkpoint', (text) => text.replace('\n601\n', '\n301\n')), { kind: 'bad-signature' }],
  ['the checkpoint deleted', (it) => it.remove('checkpoint'), { kind: 'file-missing', name: 'checkpoint' }],
  ['no checkpoint', (it) => it.write('checkpoint', 'all is well\n'), { kind: 'checkpoint-malformed' }],
  ['the key exchanged', (it) => it.text('vkey', (text) => text.replace('+', '+0')), { kind: 'wrong-key', name: 'vkey' }],
];

/** The 44th line with a part or a salt that an export does not have, though it may say the same. */
const MISWRITTEN: readonly (readonly [what: string, change: (line: string) => string, kind: Finding['kind']])[] = [
  ['a part that is an object', (line) => line.replace(/"actor":\{"part":"(\\.|[^"\\])*"/, '"actor":{"part":{"toString":1}'), 'part-changed'],
  ['a part that is a list of its text', (line) => line.replace(/"actor":\{"part":("(?:\\.|[^"\\])*")/, '"actor":{"part":[$1]'), 'part-changed'],
  ['a salt that is an object', (line) => line.replace(/"salt":"[^"]*"/, '"salt":{"toString":1}'), 'salt-changed'],
  ['a salt that is a list of its text', (line) => line.replace(/"salt":("[^"]*")/, '"salt":[$1]'), 'salt-changed'],
  ['a salt that is a list of its bytes', (line) => line.replace(/"salt":"([^"]*)"/, (_, salt: string) => `"salt":[${[...Buffer.from(salt, 'base64')].join(',')}]`), 'salt-changed'],
  ['a salt with a space', (line) => line.replace('"salt":"', '"salt":" '), 'salt-changed'],
  ['a salt without its padding', (line) => line.replace('="', '"'), 'salt-changed'],
  ['a salt of the other alphabet', (line) => line.replace(/"salt":"[^"]*"/, `"salt":"${Buffer.alloc(32, 0xff).toString('base64url')}="`), 'salt-changed'],
  ['a salt with another padding', (line) => line.replace('="', 'A"'), 'salt-changed'],
  ['a salt whose last bits are of no byte', (line) => line.replace(/.(?==")/, (digit) => String.fromCharCode(digit.charCodeAt(0) + 1)), 'salt-changed'],
];

describe('an export with', () => {
  it.each(MISWRITTEN)('%s is found by its name, and read by nobody', async (_what, change, kind) => {
    const copy = made.copy();
    copy.lines(PARTS, (all) => all.map((line, at) => (at === 44 ? change(line) : line)));
    expect((await verify(copy)).findings).toEqual([{ kind, part: 'actor', index: 300 }]);
    expect(() => [...LogExport.open(copy.directory, parseVerifierKey(made.vkey)!).entries()]).toThrow('Entry 300: its actor is not what the signed entry commits to.');
  });

  it.each(CASES)('%s is found by its name, with a second thread as well', async (_what, how, first) => {
    const copy = made.copy();
    how(copy);
    const verified = await verify(copy);
    expect(verified.findings[0]).toMatchObject(first);
    expect(await verifyWithThread(copy)).toEqual(verified);
  });

  it('a thread that ends is no good log', async () => {
    const { directory } = made.copy();
    const ends = new URL('data:text/javascript,');
    const fails = new URL('data:text/javascript,throw new Error("full")');
    const withThread = (module: URL) => verifyExportedLog(directory, parseVerifierKey(made.vkey)!, [], () => undefined, [], (size) => partsInThread(directory, size, module));
    await expect(withThread(ends)).rejects.toThrow('has ended');
    await expect(withThread(fails)).rejects.toThrow('full');
  });

  it('nothing changed is good', async () => {
    expect(await verify(made.copy())).toMatchObject({ findings: [], entries: 601, withParts: 601, signed: { size: 601 }, checkpoints: 3 });
  });

  it('a list of keys that is none leads to no key, and stops nothing', async () => {
    const copy = made.copy();
    for (const list of ['null\n', '5\n', '{"to":"x"}\n', '{"to":-1}\n', 'keys']) {
      copy.write('vkeys', list);
      expect(await verify(copy)).toMatchObject({ findings: [], entries: 601 });
      expect(LogExport.open(copy.directory, parseVerifierKey(made.vkey)!).checkpoint.size).toBe(601);
    }
    copy.write('vkeys', '{"to":1}\n'.repeat(200_000));
    expect(await verify(copy)).toMatchObject({ findings: [], entries: 601 });
  });

  it('a part that is nothing discloses none to whoever reads it', () => {
    const copy = made.copy();
    copy.lines(PARTS, (all) => all.map((line, at) => (at === 44 ? '{"index":300,"context":null}' : line)));
    expect(() => [...LogExport.open(copy.directory, parseVerifierKey(made.vkey)!).entries()]).toThrow('Entry 300: its context is not what the signed entry commits to.');
  });

  it('another key than the log’s is not', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    expect((await verify(made.copy(), verifierKey('other', publicKey))).findings.map(({ kind }) => kind)).toContain('wrong-key');
  });
});

describe('the command', () => {
  const run = async (directory: string, asked: Parameters<typeof verifyExport>[1]) => {
    const said: string[] = [];
    let failure: unknown;
    try {
      await verifyExport(directory, asked, (line) => said.push(line));
    } catch (error) {
      failure = error;
    }
    return { said, failure };
  };

  it('says in a sentence what it looked at', async () => {
    const { said, failure } = await run(made.directory, { key: made.vkey, checkpoint: made.kept });
    expect(failure).toBeUndefined();
    expect(said).toEqual([expect.stringMatching(/^601 entries were looked at, 601 of them with their parts\. 601 are signed, up to 2027-03-01T15:\d\d:\d\dZ, by the key with the fingerprint [0-9a-f ]+, as thinfile\/[0-9a-f]{32}; 3 checkpoints were compared\. All of it is as it was written\.$/)]);
  });

  it('names what is wrong, the first thing first, and fails', async () => {
    const copy = made.copy();
    copy.leaves(BUNDLE, (all) => exchanged(all, 44, 50));
    const { said, failure } = await run(copy.directory, {});
    expect(failure).toBeInstanceOf(LogNotGood);
    expect(said.slice(1, 3)).toEqual(['First: Entry 300: it was moved: what stands here belongs to entry 306.', 'Entry 306: it was moved: what stands here belongs to entry 300.']);
  });

  it('refuses what is no key, no export and no file', async () => {
    expect((await run(made.directory, { key: 'mine' })).failure).toMatchObject({ message: expect.stringContaining('no verifier key') });
    expect((await run(`${made.directory}/parts`, {})).failure).toMatchObject({ message: expect.stringContaining('no export') });
    expect((await run(made.directory, { checkpoint: ['/nowhere'] })).failure).toMatchObject({ code: 'ENOENT' });
  });

  it('takes a kept checkpoint as mail or an editor has left it', async () => {
    const [older] = made.kept as [string];
    const mailed = `${older}.mailed`;
    writeFileSync(mailed, `Keep this.\r\n\r\n${readFileSync(older, 'utf8').replaceAll('\n', '\r\n')}`);
    expect((await run(made.directory, { key: made.vkey, checkpoint: [mailed] })).failure).toBeUndefined();
  });

  it('does not mind signatures of others on a kept checkpoint', async () => {
    const [older] = made.kept as [string];
    appendFileSync(older, `\u2014 witness.example ${Buffer.alloc(68, 7).toString('base64')}\n`);
    expect((await run(made.directory, { key: made.vkey, checkpoint: [older] })).failure).toBeUndefined();
  });
});
