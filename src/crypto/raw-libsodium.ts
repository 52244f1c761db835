import { randomFillSync } from 'node:crypto';

/** What is used of the module under the wrappers. It is no official interface: whoever uses it compares it with them first. */
export interface RawLibsodium {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _crypto_aead_chacha20poly1305_ietf_encrypt(c: number, cLength: number, m: number, low: number, high: number, ...rest: number[]): number;
  _crypto_aead_chacha20poly1305_ietf_decrypt(m: number, mLength: number, s: number, c: number, low: number, high: number, ...rest: number[]): number;
  _crypto_aead_xchacha20poly1305_ietf_decrypt(m: number, mLength: number, s: number, c: number, low: number, high: number, ...rest: number[]): number;
  _crypto_generichash(out: number, outLength: number, m: number, low: number, high: number, key: number, keyLength: number): number;
}

/** An instance of the module of its own. The package has no types. */
export async function loadRaw(): Promise<RawLibsodium> {
  const name: string = 'libsodium';
  const { default: make } = (await import(name)) as { default: (options: { getRandomValue: () => number }) => Promise<RawLibsodium> };
  return make({ getRandomValue: () => randomFillSync(new Uint32Array(1))[0]! });
}

/** What is made of the raw module where it does exactly what the wrappers do, else what uses the wrappers. @param agrees compares the two; may throw where they do not */
export async function rawOrWrapped<T>(load: () => Promise<RawLibsodium>, make: (raw: RawLibsodium) => T, agrees: (made: T) => boolean, wrapped: T): Promise<T> {
  try {
    const made = make(await load());
    return agrees(made) ? made : wrapped;
  } catch {
    return wrapped;
  }
}
