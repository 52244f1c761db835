import { createPublicKey, hash, type KeyObject } from 'node:crypto';

/** C2SP signed-note, "Signature types": what a key signs, as the byte that stands before it. Both are Ed25519. */
const NOTE = 0x01;
const COSIGNATURE = 0x04;
type SignatureType = typeof NOTE | typeof COSIGNATURE;

const KEY_BYTES = 32;

/** The public half of a note's signer, with the name that it signs under. */
export interface VerifierKey {
  readonly name: string;
  readonly type: SignatureType;
  readonly keyId: Buffer;
  readonly publicKey: KeyObject;
}

export function verifierKey(name: string, publicKey: KeyObject): VerifierKey {
  return keyOf(name, NOTE, publicKey);
}

/** C2SP tlog-cosignature: the key of somebody who cosigns the checkpoints of others, with the moment ("cosignature/v1"). */
export function cosignerKey(name: string, publicKey: KeyObject): VerifierKey {
  return keyOf(name, COSIGNATURE, publicKey);
}

/** C2SP signed-note, "Verifier keys": `name+id+base64(type ‖ public key)`. Safe to publish; it is what auditors keep. */
export function formatVerifierKey({ name, type, keyId, publicKey }: VerifierKey): string {
  return `${name}+${keyId.toString('hex')}+${Buffer.concat([Buffer.from([type]), rawKey(publicKey)]).toString('base64')}`;
}

/** SHA-256 of the public key, in hexadecimal, in groups of four: for two people to compare what they have. */
export function fingerprint({ publicKey }: Pick<VerifierKey, 'publicKey'>): string {
  return hash('sha256', rawKey(publicKey), 'hex').match(/.{4}/g)!.join(' ');
}

/** @returns undefined when it is none, or not one that signs notes with Ed25519, or its id is not that of its key */
export function parseVerifierKey(text: string): VerifierKey | undefined {
  return parsed(text, NOTE);
}

/** @returns undefined when it is none, or not one that cosigns with Ed25519, or its id is not that of its key */
export function parseCosignerKey(text: string): VerifierKey | undefined {
  return parsed(text, COSIGNATURE);
}

/** The same key, under whatever names. */
export function sameKey(one: Pick<VerifierKey, 'publicKey'>, other: Pick<VerifierKey, 'publicKey'>): boolean {
  return rawKey(one.publicKey).equals(rawKey(other.publicKey));
}

/** Not empty, without spaces and plus signs. */
export function isNoteName(name: string): boolean {
  return name !== '' && !/[\s+]/u.test(name);
}

function parsed(text: string, type: SignatureType): VerifierKey | undefined {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u.exec(text) ?? [];
  if (name === undefined || id === undefined || encoded === undefined) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== KEY_BYTES + 1 || bytes[0] !== type || bytes.toString('base64') !== encoded) return undefined;
  const raw = bytes.subarray(1);
  if (keyIdOf(name, type, raw).toString('hex') !== id) return undefined;
  return keyOf(name, type, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' }));
}

function keyOf(name: string, type: SignatureType, publicKey: KeyObject): VerifierKey {
  if (!isNoteName(name)) throw new TypeError('not the name of a note key');
  return { name, type, keyId: keyIdOf(name, type, rawKey(publicKey)), publicKey };
}

/** C2SP signed-note, "Signatures": SHA-256(name ‖ newline ‖ type ‖ public key), its first four bytes. */
function keyIdOf(name: string, type: SignatureType, raw: Buffer): Buffer {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([type]), raw]), 'buffer').subarray(0, 4);
}

function rawKey(publicKey: KeyObject): Buffer {
  const { x } = publicKey.export({ format: 'jwk' });
  if (publicKey.asymmetricKeyType !== 'ed25519' || typeof x !== 'string') throw new TypeError('not an Ed25519 public key');
  return Buffer.from(x, 'base64url');
}
