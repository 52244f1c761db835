import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { equalBytes, wipe } from '../crypto/bytes.js';
import { PASSWORD_SALT_BYTES, passwordKey } from '../crypto/password-key.js';
import { randomBytes } from '../crypto/random.js';
import { keyPairOf } from '../crypto/sealed-box.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
import { WRAP_OVERHEAD } from '../crypto/wrap.js';
import { readHalves } from '../vault/halves.js';
import { KeyStore, type OpenKeyStore } from '../vault/key-store.js';
import { unwrapWithPassword } from '../vault/member-secret.js';
import { authentic, notAuthentic } from './open-session-secret.js';
import { Pepper } from './pepper.js';
import { SignInPace } from './sign-in-pace.js';

/** The columns of a member's row that a password is tried on. */
export interface PasswordRow {
  readonly id: string;
  readonly public_key: Uint8Array;
  readonly password_salt: Uint8Array;
  readonly password_half: string;
  readonly wrapped_secret_key: Uint8Array;
}

/** A password is right when it opens its member's secret key: there is no hash of it anywhere to compare with. */
@Injectable()
export class PasswordProof {
  constructor(
    private readonly keyStore: KeyStore,
    private readonly pepper: Pepper,
    private readonly pace: SignInPace,
  ) {}

  /**
   * Does the same work whether there is such a member or not, so that the time taken does not tell.
   * @param attempt whose password is tried, as the one who tries calls them, and from where
   * @param work gets the opened secret key, in the key store's transaction; the key is wiped afterwards
   * @throws Refusal TOO_MANY_ATTEMPTS, KEY_NOT_AUTHENTIC
   * @returns undefined when the password is wrong, its half is gone, or there is no such member
   */
  async prove<T>(
    member: PasswordRow | undefined,
    password: string,
    attempt: { readonly account: string; readonly address: string },
    work: (store: OpenKeyStore, secretKey: Uint8Array) => Promise<T>,
  ): Promise<{ readonly result: T } | undefined> {
    const { passed } = await this.pace.enter(attempt.account, attempt.address);
    const row = member ?? nobody();
    const key = await passwordKey(password, row.password_salt, this.pepper.bytes);
    try {
      const proven = await this.keyStore.transaction(async (store) => {
        const secretKey = await this.open(store, row, key);
        if (!secretKey) return undefined;
        try {
          refuseForeignKey(row, secretKey);
          return { result: await work(store, secretKey) };
        } finally {
          wipe(secretKey);
        }
      });
      if (proven) await passed();
      return proven;
    } finally {
      wipe(key);
    }
  }

  private async open(store: OpenKeyStore, row: PasswordRow, key: Uint8Array): Promise<Uint8Array | undefined> {
    const halves = await authentic(() => readHalves(store, row.id, [{ id: row.password_half, kind: 'password' }]));
    const half = halves.get(row.password_half) ?? randomBytes(32);
    try {
      return unwrapWithPassword(key, half, row.id, row.wrapped_secret_key);
    } catch (error) {
      if (error instanceof SealRefusal) return undefined;
      throw error;
    } finally {
      wipe(half);
    }
  }
}

/** Somebody put another public key into the member's row: what others seal for this member would go to them. */
function refuseForeignKey(row: PasswordRow, secretKey: Uint8Array): void {
  if (!equalBytes(keyPairOf(secretKey).publicKey, row.public_key)) throw notAuthentic();
}

function nobody(): PasswordRow {
  return {
    id: randomUUID(),
    public_key: randomBytes(32),
    password_salt: randomBytes(PASSWORD_SALT_BYTES),
    password_half: randomUUID(),
    wrapped_secret_key: new Uint8Array([1, ...randomBytes(WRAP_OVERHEAD + 31)]),
  };
}
