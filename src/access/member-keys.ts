import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { wipe } from '../crypto/bytes.js';
import { PASSWORD_SALT_BYTES, passwordKey } from '../crypto/password-key.js';
import { randomBytes } from '../crypto/random.js';
import { newKeyPair, type KeyPair } from '../crypto/sealed-box.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { destroyHalves, destroyOtherHalves, makeHalf, type Half } from '../vault/halves.js';
import { KeyStore, type OpenKeyStore } from '../vault/key-store.js';
import { wrapWithPassword } from '../vault/member-secret.js';
import { findRestored } from '../vault/restored/restored-records.js';
import { Pepper } from './pepper.js';

/** A secret key as the member's row keeps it. */
export interface PasswordWrap {
  readonly salt: Uint8Array;
  readonly halfId: string;
  readonly wrapped: Uint8Array;
}

/** A new member's own key, before there is a row for them. */
export interface NewMemberKeys {
  readonly memberId: string;
  readonly keys: KeyPair;
  readonly password: PasswordWrap;
  /** For a preparer, who may turn out to be the first of the site. */
  readonly grantHalf: Half | undefined;
}

/** Makes key pairs and wraps them under passwords. The halves commit before any row refers to them. */
@Injectable()
export class MemberKeys {
  constructor(
    private readonly keyStore: KeyStore,
    private readonly pepper: Pepper,
  ) {}

  /** The caller wipes `keys.secretKey`. A crash after this leaves halves of a member that never was: they open nothing. */
  async make(password: string, wants: { readonly grantHalf: boolean }): Promise<NewMemberKeys> {
    const memberId = randomUUID();
    const keys = newKeyPair();
    const wrapUnder = await this.under(password);
    return this.keyStore.transaction(async (store) => ({
      memberId,
      keys,
      password: await wrapUnder(store, memberId, keys.secretKey),
      grantHalf: wants.grantHalf ? await makeHalf(store, memberId, 'grant') : undefined,
    }));
  }

  /** Does the slow part at once, outside any transaction. The result can be used one time. */
  async under(password: string): Promise<(store: OpenKeyStore, memberId: string, secretKey: Uint8Array) => Promise<PasswordWrap>> {
    const salt = randomBytes(PASSWORD_SALT_BYTES);
    const key = await passwordKey(password, salt, this.pepper.bytes);
    return async (store, memberId, secretKey) => {
      const half = await makeHalf(store, memberId, 'password');
      const wrapped = wrapWithPassword(key, half.bytes, memberId, secretKey);
      wipe(key, half.bytes);
      return { salt, halfId: half.id, wrapped };
    };
  }

  /** Ends what this half of the member's for a grant is mixed into. */
  async forgetGrant(memberId: string, halfId: string): Promise<void> {
    await this.keyStore.transaction((store) => destroyHalves(store, memberId, 'grant', [halfId]));
  }

  /**
   * Ends every password of the member's but the one in force, so that no backup of their row opens with an earlier one.
   * Waits for the row's lock, which a change of password holds from before its new half until its commit: a half on its way
   * is not mistaken for a former one. Records from a backup do not know which is in force: under them nothing is ended.
   */
  async forgetFormer(tx: RecordsTx, memberId: string): Promise<void> {
    const [row] = await tx.query<{ password_half: string }>('SELECT password_half FROM member WHERE id = $1 FOR NO KEY UPDATE', [memberId]);
    if (!row) return;
    await this.keyStore.transaction(async (store) => {
      if (!(await findRestored(store.tx))) await destroyOtherHalves(store, memberId, 'password', row.password_half);
    });
  }
}
