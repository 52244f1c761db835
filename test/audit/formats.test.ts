import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formatCheckpoint, openCheckpoint } from '../../src/audit/checkpoint.js';
import { EMPTY_FRONTIER, extendFrontier, frontierBytes, frontierFrom, leafHash, rootOf } from '../../src/audit/merkle.js';
import { SignerStateFile } from '../../src/audit/signer-state.js';
import { SigningKey } from '../../src/audit/signing-key.js';
import { formatVerifierKey, parseVerifierKey } from '../../src/audit/verifier-key.js';
import { certificateBody, openCertificate } from '../../src/retention/certificate.js';

/** The log's part of the known answers of docs/formats.md; signatures of Ed25519 are the same each time. */
const vectors = JSON.parse(readFileSync(new URL('../vectors/formats-v1.json', import.meta.url), 'utf8'));

let secrets: string;
beforeAll(() => {
  secrets = mkdtempSync(join(tmpdir(), 'thinfile-'));
  writeFileSync(join(secrets, 'log-signing-key.pem'), vectors.checkpoint.pem);
});
afterAll(() => rmSync(secrets, { recursive: true, force: true }));

describe('formats of the log, version 1', () => {
  it('grow a tree', () => {
    const { leaves, frontier, root } = vectors.tree;
    const grown = extendFrontier(EMPTY_FRONTIER, (leaves as string[]).map((leaf) => leafHash(Buffer.from(leaf))));
    expect([frontierBytes(grown).toString('hex'), rootOf(grown).toString('hex')]).toEqual([frontier, root]);
    expect(frontierFrom(leaves.length, Buffer.from(frontier, 'hex'))).toEqual(grown);
  });

  it('sign and open a checkpoint', () => {
    const { origin, vkey, size, root, note } = vectors.checkpoint;
    const key = SigningKey.read(secrets);
    expect(formatVerifierKey(key.verifier(origin))).toBe(vkey);
    expect(key.sign(origin, formatCheckpoint({ origin, size, root: Buffer.from(root, 'hex') }))).toBe(note);
    expect(openCheckpoint(note, parseVerifierKey(vkey)!)).toEqual({ origin, size, root: Buffer.from(root, 'hex') });
  });

  it('keep the signer’s memory', () => {
    const { origin, size, frontier, note, file } = vectors.signerState;
    const path = join(secrets, 'log-signed-last.json');
    writeFileSync(path, file);
    const memory = new SignerStateFile(secrets);
    expect(memory.read()).toEqual({ origin, signed: frontierFrom(size, Buffer.from(frontier, 'hex')), note });
    memory.write(memory.read()!);
    expect(readFileSync(path, 'utf8')).toBe(file);
  });

  it('sign and open a destruction certificate', () => {
    const { vkey, certificate, body, note } = vectors.certificate;
    const { origin } = certificate.log;
    expect(certificateBody(certificate)).toBe(body);
    expect(SigningKey.read(secrets).sign(origin, `${body}\n`)).toBe(note);
    const opened = (text: string) => openCertificate(SigningKey.read(secrets).sign(origin, text), parseVerifierKey(vkey)!);
    expect(openCertificate(note, parseVerifierKey(vkey)!)).toEqual({ kind: 'destruction-certificate', v: 2, ...certificate });
    expect(opened(`${body}\n`)).toBeDefined();
    for (const other of [`${body} \n`, `${body.replace(':', ': ')}\n`, `${certificateBody({ ...certificate, keyStoreReread: false as true })}\n`]) expect(opened(other)).toBeUndefined();
  });
});
