import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { wipe } from '../crypto/bytes.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { KeyStore } from '../vault/key-store.js';
import { actorOf, siteSubject } from './actor.js';
import { inSiteOf } from './in-site-of.js';
import { MemberKeys, type PasswordWrap } from './member-keys.js';
import { PasswordProof, type PasswordRow } from './password-proof.js';
import { checkNewPassword } from './password-rules.js';
import { Sessions } from './sessions.js';
import type { SignedIn } from './signed-in.js';

interface OwnRow extends PasswordRow {
  readonly name: string;
  readonly email: string;
}

@Injectable()
export class ChangePassword {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly proof: PasswordProof,
    private readonly memberKeys: MemberKeys,
    private readonly sessions: Sessions,
    private readonly log: AccessLog,
  ) {}

  /**
   * The same secret key, wrapped anew; the old password opens nothing when this returns, and every other session is over.
   *
   * The current password is proven first, with no lock held: who tries wrong ones in one session keeps nobody in another from
   * changing it. Then, under the lock of the member's row, which whoever looks for former passwords and whoever begins a
   * session takes too: the new half commits and the halves of other sessions go, then the row and the other sessions' rows,
   * then the old half goes. A crash before the row leaves the old password in force, other sessions without their halves, and a
   * half that nothing refers to; one after it leaves the old half. Either half goes at the next sign-in or change.
   * @throws Refusal SIGN_IN_FAILED, INVALID_INPUT, TOO_MANY_ATTEMPTS, ALREADY_DONE
   */
  async run(who: SignedIn, passwords: { readonly current: string; readonly next: string }): Promise<void> {
    const row = await this.readOwn(who);
    checkNewPassword(passwords.next, [row.name, row.email], 'next');
    const attempt = { account: who.sessionId, address: who.sessionId };
    const proven = await this.proof.prove(row, passwords.current, attempt, async (_store, secretKey) => Uint8Array.from(secretKey));
    if (!proven) throw new Refusal('SIGN_IN_FAILED', 'That is not your current password.', { fields: ['current'] });
    try {
      await this.wrapAnew(who, row, proven.result, passwords.next);
    } finally {
      wipe(proven.result);
    }
    await inSiteOf(this.records, who, (tx) => this.memberKeys.forgetFormer(tx, who.memberId));
  }

  private async readOwn(who: SignedIn): Promise<OwnRow> {
    const [row] = await inSiteOf(this.records, who, (tx) => tx.query<OwnRow>(`SELECT * FROM member WHERE id = $1 AND status = 'active'`, [who.memberId]));
    if (!row) throw overtaken();
    return row;
  }

  private async wrapAnew(who: SignedIn, proven: PasswordRow, secretKey: Uint8Array, next: string): Promise<void> {
    const wrapUnder = await this.memberKeys.under(next);
    await inSiteOf(this.records, who, async (tx) => {
      await lockUnchanged(tx, proven);
      const wrap = await this.keyStore.transaction(async (store) => {
        await this.sessions.endOthers(tx, store, who);
        return wrapUnder(store, who.memberId, secretKey);
      });
      await this.replace(tx, who, wrap);
    });
  }

  private async replace(tx: RecordsTx, who: SignedIn, { salt, halfId, wrapped }: PasswordWrap): Promise<void> {
    await tx.query('UPDATE member SET password_salt = $1, password_half = $2, wrapped_secret_key = $3 WHERE id = $4', [
      Buffer.from(salt),
      halfId,
      Buffer.from(wrapped),
      who.memberId,
    ]);
    await this.log.append(tx, { kind: 'password.changed', actor: actorOf(who), subject: siteSubject(who), context: {} });
  }
}

/** Until this transaction ends. @throws Refusal ALREADY_DONE when another change, or whoever disabled the member, was faster */
async function lockUnchanged(tx: RecordsTx, { id, password_half }: PasswordRow): Promise<void> {
  const locked = await tx.query(`SELECT FROM member WHERE id = $1 AND status = 'active' AND password_half = $2 FOR NO KEY UPDATE`, [id, password_half]);
  if (locked.length === 0) throw overtaken();
}

function overtaken(): Refusal {
  return new Refusal('ALREADY_DONE', 'Your password has been changed already, or you have been disabled.');
}
