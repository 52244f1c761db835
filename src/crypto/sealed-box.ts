import { SealRefusal } from './seal-refusal.js';
import { sodium } from './sodium.js';

export interface KeyPair {
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}

/** An X25519 key pair: a member's own, made when the member joins. */
export function newKeyPair(): KeyPair {
  const { publicKey, privateKey } = sodium.crypto_box_keypair();
  return { publicKey, secretKey: privateKey };
}

/** Seals for the holder of the secret key, from nobody in particular: who sealed must be shown by other means. */
export function sealTo(publicKey: Uint8Array, secret: Uint8Array): Uint8Array {
  return sodium.crypto_box_seal(secret, publicKey);
}

/** @throws SealRefusal NOT_AUTHENTIC */
export function openBox(keys: KeyPair, box: Uint8Array): Uint8Array {
  try {
    return sodium.crypto_box_seal_open(box, keys.publicKey, keys.secretKey);
  } catch {
    throw new SealRefusal('NOT_AUTHENTIC');
  }
}

/** The pair of a secret key, where it has to be known that a stored public key is its own. */
export function keyPairOf(secretKey: Uint8Array): KeyPair {
  return { publicKey: sodium.crypto_scalarmult_base(secretKey), secretKey };
}
