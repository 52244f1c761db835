import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { actorOf, siteSubject } from './actor.js';
import { inSiteOf } from './in-site-of.js';
import { MemberKeys, type PasswordWrap } from './member-keys.js';
import { PasswordProof, type PasswordRow } from './password-proof.js';
import { checkNewPassword } from './password-rules.js';
import { Sessions } from './sessions.js';
import type { SignedIn } from './signed-in.js';

interface OwnNames {
  readonly name: string;
  readonly email: string;
}

@Injectable()
export class ChangePassword {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly proof: PasswordProof,
    private readonly memberKeys: MemberKeys,
    private readonly sessions: Sessions,
    private readonly log: AccessLog,
  ) {}

  /**
   * The same secret key, wrapped anew; the old password opens nothing when this returns, and every other session is over.
   *
   * Under the lock of the member's row, which whoever looks for former passwords takes too: the new half commits first, then
   * the row, then the old half goes. A crash before the row leaves the old password in force and a half that nothing refers
   * to; one after it leaves the old half. Either goes at the next sign-in or change.
   * @throws Refusal SIGN_IN_FAILED, INVALID_INPUT, TOO_MANY_ATTEMPTS, ALREADY_DONE
   */
  async run(who: SignedIn, passwords: { readonly current: string; readonly next: string }): Promise<void> {
    const [own] = await inSiteOf(this.records, who, (tx) => tx.query<OwnNames>('SELECT name, email FROM member WHERE id = $1', [who.memberId]));
    const { name, email } = own!;
    checkNewPassword(passwords.next, [name, email], 'next');
    const wrapUnder = await this.memberKeys.under(passwords.next);
    await inSiteOf(this.records, who, async (tx) => {
      const row = await lockOwnRow(tx, who);
      const attempt = { account: who.memberId, address: who.memberId };
      const proven = await this.proof.prove(row, passwords.current, attempt, (store, secretKey) => wrapUnder(store, who.memberId, secretKey));
      if (!proven) throw new Refusal('SIGN_IN_FAILED', 'That is not your current password.', { fields: ['current'] });
      await this.replace(tx, who, proven.result);
    });
    await inSiteOf(this.records, who, (tx) => this.memberKeys.forgetFormer(tx, who.memberId));
    await this.sessions.endOthers(who);
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

/** Not waited for: somebody who sends this many times over shall not take all connections. */
async function lockOwnRow(tx: RecordsTx, who: SignedIn): Promise<PasswordRow> {
  const [row] = await tx.query<PasswordRow>(`SELECT * FROM member WHERE id = $1 AND status = 'active' FOR NO KEY UPDATE SKIP LOCKED`, [who.memberId]);
  if (!row) throw new Refusal('ALREADY_DONE', 'Your password is being changed already, or you have been disabled.');
  return row;
}
