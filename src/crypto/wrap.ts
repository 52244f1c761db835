import { unseal } from './fast-unwrap.js';
import { randomBytes } from './random.js';
import { SealRefusal } from './seal-refusal.js';
import { sodium } from './sodium.js';

const VERSION = 1;
const NONCE_BYTES = 24;
const TAG_BYTES = 16;

/** How much longer a wrap is than what it holds: version, nonce, tag. */
export const WRAP_OVERHEAD = 1 + NONCE_BYTES + TAG_BYTES;

/**
 * Wraps a secret under a key for one place: XChaCha20-Poly1305, random 24-byte nonce, the place as associated data.
 * @returns version (1) ‖ nonce (24) ‖ ciphertext and tag
 */
export function wrap(key: Uint8Array, secret: Uint8Array, place: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(secret, place, null, nonce, key);
  const out = new Uint8Array(1 + NONCE_BYTES + sealed.length);
  out[0] = VERSION;
  out.set(nonce, 1);
  out.set(sealed, 1 + NONCE_BYTES);
  return out;
}

/** @throws SealRefusal FORMAT_UNKNOWN, or NOT_AUTHENTIC for changed bytes, a wrong key or a wrong place alike */
export function unwrap(key: Uint8Array, wrapped: Uint8Array, place: Uint8Array): Uint8Array {
  if (wrapped.length < WRAP_OVERHEAD || wrapped[0] !== VERSION) throw new SealRefusal('FORMAT_UNKNOWN');
  const nonce = wrapped.subarray(1, 1 + NONCE_BYTES);
  const secret = unseal(key, nonce, wrapped.subarray(1 + NONCE_BYTES), place);
  if (!secret) throw new SealRefusal('NOT_AUTHENTIC');
  return secret;
}
