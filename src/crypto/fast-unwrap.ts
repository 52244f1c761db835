import { equalBytes } from './bytes.js';
import { loadRaw, rawOrWrapped, type RawLibsodium } from './raw-libsodium.js';
import { sodium } from './sodium.js';

/** XChaCha20-Poly1305 (IETF) with associated data. @returns undefined for what is not authentic */
export type Unsealer = (key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, place: Uint8Array) => Uint8Array | undefined;

const TAG_BYTES = 16;
/** Wraps hold keys; whatever is longer goes through the wrappers. */
const LONGEST = 4096;

/** The raw module where it does exactly what the wrappers do, else the wrappers, as with cells: a search opens hundreds of wraps. */
export const unseal: Unsealer = await chooseUnsealer(loadRaw);

export function chooseUnsealer(load: () => Promise<RawLibsodium>): Promise<Unsealer> {
  return rawOrWrapped(load, rawUnsealer, agrees, wrappedUnsealer);
}

export function wrappedUnsealer(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, place: Uint8Array): Uint8Array | undefined {
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, place, nonce, key);
  } catch {
    return undefined;
  }
}

/** Key and result are wiped from the module's memory after each use. */
function rawUnsealer(raw: RawLibsodium): Unsealer {
  const [keyAt, nonceAt, sealedAt, placeAt] = [raw._malloc(32), raw._malloc(24), raw._malloc(LONGEST), raw._malloc(LONGEST)];
  return (key, nonce, sealed, place) => {
    const fits = key.length === 32 && nonce.length === 24 && sealed.length >= TAG_BYTES;
    if (!fits || sealed.length > LONGEST || place.length > LONGEST) return wrappedUnsealer(key, nonce, sealed, place);
    raw.HEAPU8.set(key, keyAt);
    raw.HEAPU8.set(nonce, nonceAt);
    raw.HEAPU8.set(sealed, sealedAt);
    raw.HEAPU8.set(place, placeAt);
    try {
      const failed = raw._crypto_aead_xchacha20poly1305_ietf_decrypt(sealedAt, 0, 0, sealedAt, sealed.length, 0, placeAt, place.length, 0, nonceAt, keyAt);
      return failed === 0 ? raw.HEAPU8.slice(sealedAt, sealedAt + sealed.length - TAG_BYTES) : undefined;
    } finally {
      raw.HEAPU8.fill(0, keyAt, keyAt + 32);
      raw.HEAPU8.fill(0, sealedAt, sealedAt + sealed.length);
    }
  };
}

function agrees(raw: Unsealer): boolean {
  const bytes = (length: number, factor: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i * factor);
  const [key, nonce, place] = [bytes(32, 7), bytes(24, 11), bytes(90, 13)];
  return [0, 1, 32, 500].every((length) => {
    const secret = bytes(length, 5);
    const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(secret, place, null, nonce, key);
    const opened = raw(key, nonce, sealed, place);
    const forged = sealed.slice();
    forged[length]! ^= 1;
    const elsewhere = place.slice(1);
    return opened !== undefined && equalBytes(opened, secret) && !raw(key, nonce, forged, place) && !raw(key, nonce, sealed, elsewhere);
  });
}
