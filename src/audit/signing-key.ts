import { createPrivateKey, createPublicKey, generateKeyPairSync, randomFillSync, sign, type KeyObject } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createFile } from '../platform/durable-file.js';
import { syncDirectory } from '../platform/sync-directory.js';
import { LogFault } from './log-fault.js';
import { formatNote } from './signed-note.js';
import { verifierKey, type VerifierKey } from './verifier-key.js';

const FILE = 'log-signing-key.pem';
/** There only while the key is being changed. */
const NEXT_FILE = 'log-signing-key.next.pem';

/**
 * The log's Ed25519 key: a PEM file (PKCS 8, mode 0600) beside the other secrets. Its thief can sign another history in
 * our name, which whoever holds an older checkpoint finds; he can read nothing with it.
 */
export class SigningKey {
  private constructor(private readonly privateKey: KeyObject) {}

  /** Makes the key for a log's first origin, unless there is one: of two processes that start at once both use the same. */
  static create(secretsDirectory: string): SigningKey {
    return made(secretsDirectory, FILE);
  }

  /** Is this the machine that signs? */
  static isIn(secretsDirectory: string): boolean {
    return existsSync(join(secretsDirectory, FILE));
  }

  /** @throws LogFault LOG_STATE_MISSING when there is no key there */
  static read(secretsDirectory: string): SigningKey {
    return SigningKey.from(secretsDirectory, FILE);
  }

  /** The key that is to follow. Makes it, unless there is one: a change of keys that was cut short goes on with its own. */
  static createNext(secretsDirectory: string): SigningKey {
    return made(secretsDirectory, NEXT_FILE);
  }

  /** @returns undefined when no change of keys is under way */
  static readNext(secretsDirectory: string): SigningKey | undefined {
    return existsSync(join(secretsDirectory, NEXT_FILE)) ? SigningKey.from(secretsDirectory, NEXT_FILE) : undefined;
  }

  /** @throws LogFault LOG_STATE_MISSING when there is no key in that file */
  static from(secretsDirectory: string, file: string): SigningKey {
    const path = join(secretsDirectory, file);
    if (!existsSync(path)) throw new LogFault('LOG_STATE_MISSING', `there is no ${file}`);
    const privateKey = privateKeyIn(path);
    if (privateKey?.asymmetricKeyType !== 'ed25519') throw new LogFault('LOG_STATE_MISSING', `${file} is not an Ed25519 key`);
    return new SigningKey(privateKey);
  }

  /** What others check this key's notes with, under the name that it signs as. */
  verifier(name: string): VerifierKey {
    return verifierKey(name, createPublicKey(this.privateKey));
  }

  /** A signed note over the text, which must end in a newline. */
  sign(name: string, text: string): string {
    return signNote(name, text, [this]);
  }

  /** 64 bytes over the text, as a note has them after the key's id. */
  signatureOver(text: string): Buffer {
    return sign(null, Buffer.from(text, 'utf8'), this.privateKey);
  }
}

/** A note that several keys of one name sign: who knows any of them can open it. */
export function signNote(name: string, text: string, keys: readonly SigningKey[]): string {
  const signatures = keys.map((key) => ({ name, keyId: key.verifier(name).keyId, signature: key.signatureOver(text) }));
  return formatNote({ text, signatures });
}

/**
 * Puts the next key in the place of the present one, whose private half is destroyed: noise, then zeros, in place, and then
 * its name is taken. Where the disk keeps old blocks of its own accord, in place means what that disk makes of it. A crash in
 * the middle leaves the next key where it was, and doing this once more ends it.
 */
export function replaceSigningKey(secretsDirectory: string): void {
  overwriteSigningKey(secretsDirectory);
  renameSync(join(secretsDirectory, NEXT_FILE), join(secretsDirectory, FILE));
  syncDirectory(secretsDirectory);
}

/** The first half of replaceSigningKey. A file that is gone has nothing to destroy. */
export function overwriteSigningKey(secretsDirectory: string): void {
  const path = join(secretsDirectory, FILE);
  if (!existsSync(path)) return;
  const file = openSync(path, 'r+');
  try {
    const { size } = fstatSync(file);
    for (const bytes of [randomFillSync(Buffer.alloc(size)), Buffer.alloc(size)]) {
      if (writeSync(file, bytes, 0, size, 0) !== size) throw new Error(`${FILE} was not overwritten whole`);
      fsyncSync(file);
    }
  } finally {
    closeSync(file);
  }
}

function made(secretsDirectory: string, file: string): SigningKey {
  const path = join(secretsDirectory, file);
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    createFile(path, privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);
  }
  return SigningKey.from(secretsDirectory, file);
}

/** An error of the parser could hold some of what it read. */
function privateKeyIn(path: string): KeyObject | undefined {
  const pem = readFileSync(path);
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  } finally {
    pem.fill(0);
  }
}
