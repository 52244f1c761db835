import { hashRaw } from '@node-rs/argon2';

/** OWASP ASVS 5.0 appendix C: t = 2 wants at least 19 MiB with p = 1; more memory is dearer for whoever guesses. */
const COST = { memoryCost: 48 * 1024, timeCost: 2, parallelism: 1 } as const;

export const PASSWORD_SALT_BYTES = 16;

/**
 * Argon2id (the library's default kind) over the whole password (NFC), off the event loop. The pepper is a file beside neither database: without it
 * the wraps in a stolen database cannot be guessed at.
 */
export async function passwordKey(password: string, salt: Uint8Array, pepper: Uint8Array): Promise<Uint8Array> {
  const key = await hashRaw(password.normalize('NFC'), {
    ...COST,
    outputLen: 32,
    salt,
    secret: pepper,
  });
  return new Uint8Array(key);
}
