import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFile } from '../platform/durable-file.js';
import { LogFault } from './log-fault.js';
import { formatNote } from './signed-note.js';
import { verifierKey, type VerifierKey } from './verifier-key.js';

const FILE = 'log-signing-key.pem';

/**
 * The log's Ed25519 key: a PEM file (PKCS 8, mode 0600) beside the other secrets. Its thief can sign another history in
 * our name, which whoever holds an older checkpoint finds; he can read nothing with it.
 */
export class SigningKey {
  private constructor(private readonly privateKey: KeyObject) {}

  /** Makes the key for a log's first origin, unless there is one: of two processes that start at once both use the same. */
  static create(secretsDirectory: string): SigningKey {
    const path = join(secretsDirectory, FILE);
    if (!existsSync(path)) {
      const { privateKey } = generateKeyPairSync('ed25519');
      createFile(path, privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);
    }
    return SigningKey.read(secretsDirectory);
  }

  /** @throws LogFault LOG_STATE_MISSING when there is no key there */
  static read(secretsDirectory: string): SigningKey {
    const path = join(secretsDirectory, FILE);
    if (!existsSync(path)) throw new LogFault('LOG_STATE_MISSING', `there is no ${FILE}`);
    const privateKey = createPrivateKey(readFileSync(path));
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`${FILE} is not an Ed25519 key`);
    return new SigningKey(privateKey);
  }

  /** What others check this key's notes with, under the name that it signs as. */
  verifier(name: string): VerifierKey {
    return verifierKey(name, createPublicKey(this.privateKey));
  }

  /** A signed note over the text, which must end in a newline. */
  sign(name: string, text: string): string {
    const signature = sign(null, Buffer.from(text, 'utf8'), this.privateKey);
    return formatNote({ text, signatures: [{ name, keyId: this.verifier(name).keyId, signature }] });
  }
}
