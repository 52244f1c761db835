import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from '../../src/audit/checkpoint.js';
import { EMPTY_FRONTIER, extendFrontier, rootOf } from '../../src/audit/merkle.js';
import { formatNote, openNote, parseNote } from '../../src/audit/signed-note.js';
import { SigningKey } from '../../src/audit/signing-key.js';
import { formatVerifierKey, parseVerifierKey, verifierKey } from '../../src/audit/verifier-key.js';
import { itWithShared } from '../support/shared-inputs.js';

const NAME = 'thinfile/test';
const directory = mkdtempSync(join(tmpdir(), 'thinfile-key-'));
afterAll(() => rmSync(directory, { recursive: true }));
const key = SigningKey.create(directory);
const root = Buffer.alloc(32, 7);

describe('a signed note', () => {
  itWithShared('of another log opens: every checkpoint of tessera, with the root of its tiles', 'vectors/tessera', (folder) => {
    const verifier = parseVerifierKey(readFileSync(join(folder, 'vkey'), 'utf8').trim())!;
    const log = join(folder, 'log');
    const names = readdirSync(log).filter((name) => /^checkpoint\.\d+$/.test(name));
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const checkpoint = openCheckpoint(readFileSync(join(log, name), 'utf8'), verifier)!;
      expect(checkpoint.size).toBe(Number(name.split('.')[1]));
      const tile = join(log, 'tile', '0', '000.p', String(checkpoint.size));
      const hashes = checkpoint.size === 0 ? Buffer.alloc(0) : readFileSync(tile);
      const leaves = Array.from({ length: checkpoint.size }, (_, i) => hashes.subarray(i * 32, (i + 1) * 32));
      expect(rootOf(extendFrontier(EMPTY_FRONTIER, leaves))).toEqual(checkpoint.root);
    }
  });

  it('opens with its signer and with nobody else', () => {
    const note = key.sign(NAME, 'some\n\ntext\n');
    expect(openNote(note, key.verifier(NAME))).toBe('some\n\ntext\n');
    expect(openNote(note, key.verifier('thinfile/other'))).toBeUndefined();
    expect(openNote(note, verifierKey(NAME, generateKeyPairSync('ed25519').publicKey))).toBeUndefined();
  });

  it('does not open when anything in it was changed', () => {
    const note = key.sign(NAME, formatCheckpoint({ origin: NAME, size: 12, root }));
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, other) => {
        fc.pre(note[at] !== other);
        expect(openNote(note.slice(0, at) + other + note.slice(at + 1), key.verifier(NAME))).toBeUndefined();
      }),
    );
  });

  it('keeps the signatures of others, and opens beside them', () => {
    const witness = generateKeyPairSync('ed25519');
    const { text, signatures } = parseNote(key.sign(NAME, 'text\n'))!;
    const { name, keyId } = verifierKey('witness.example', witness.publicKey);
    const theirs = { name, keyId, signature: Buffer.alloc(64) };
    const both = formatNote({ text, signatures: [theirs, ...signatures] });
    expect(parseNote(both)!.signatures).toHaveLength(2);
    expect(openNote(both, key.verifier(NAME))).toBe('text\n');
    expect(openNote(both, verifierKey('witness.example', witness.publicKey))).toBeUndefined();
  });

  it.each([
    '',
    'text\n',
    'text\n\n',
    'text\n\nno signature\n',
    'text\n\n\u2014 name AAAA\n',
    'text\n\n\u2014 two names AAAAAAA=\n',
    'a\tb\n\n\u2014 name AAAAAAA=\n',
  ])('is not %j', (note) => {
    expect(parseNote(note)).toBeUndefined();
  });

  it('is this, at the least', () => {
    expect(parseNote('text\n\n\u2014 name AAAAAAA=\n')).toMatchObject({ text: 'text\n', signatures: [{ name: 'name' }] });
  });

  it('is not made of text that cannot be one', () => {
    expect(() => key.sign(NAME, 'no newline')).toThrow(TypeError);
    expect(() => key.sign(NAME, 'bell\u0007\n')).toThrow(TypeError);
    expect(() => key.sign('a name', 'text\n')).toThrow(TypeError);
  });
});

describe('a checkpoint', () => {
  it('says origin, size and root, a line each', () => {
    const text = formatCheckpoint({ origin: NAME, size: 12, root });
    expect(text).toBe(`${NAME}\n12\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n`);
    expect(parseCheckpoint(text)).toEqual({ origin: NAME, size: 12, root });
    expect(parseCheckpoint(`${text}an extension\n`)).toEqual({ origin: NAME, size: 12, root });
  });

  it.each(['\n1\n', 'o\n01\n', 'o\n-1\n', 'o\n1e3\n', 'o\n9007199254740993\n'])('is not %j', (start) => {
    expect(parseCheckpoint(`${start}${root.toString('base64')}\n`)).toBeUndefined();
  });

  it('of another origin is not ours, though our key signed it', () => {
    const note = key.sign(NAME, formatCheckpoint({ origin: 'thinfile/other', size: 1, root }));
    expect(openNote(note, key.verifier(NAME))).toBeDefined();
    expect(openCheckpoint(note, key.verifier(NAME))).toBeUndefined();
  });
});

describe('a verifier key', () => {
  it('survives being written down, and not being changed', () => {
    const text = formatVerifierKey(key.verifier(NAME));
    expect(formatVerifierKey(parseVerifierKey(text)!)).toBe(text);
    expect(parseVerifierKey(text.replace('test', 'tent'))).toBeUndefined();
    expect(parseVerifierKey(`${text}A`)).toBeUndefined();
  });
});

describe('the signing key', () => {
  it('is made once and is for its owner alone', () => {
    const again = SigningKey.create(directory);
    expect(formatVerifierKey(again.verifier(NAME))).toBe(formatVerifierKey(key.verifier(NAME)));
    expect(readdirSync(directory)).toEqual(['log-signing-key.pem']);
    expect(statSync(join(directory, 'log-signing-key.pem')).mode & 0o777).toBe(0o600);
  });
});
