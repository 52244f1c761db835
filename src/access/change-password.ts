import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { Refusal } from '../platform/refusal.js';
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
    private readonly proof: PasswordProof,
    private readonly memberKeys: MemberKeys,
    private readonly sessions: Sessions,
    private readonly log: AccessLog,
  ) {}

  /**
   * The same secret key, wrapped anew; the old password opens nothing when this returns, and every other session is over.
   *
   * The new half commits first, then the row, then the old half goes. A crash before the row leaves the old password in
   * force; one after it leaves an old half whose wrap only an old backup still holds, until the member leaves.
   * @throws Refusal SIGN_IN_FAILED, INVALID_INPUT, TOO_MANY_ATTEMPTS
   */
  async run(who: SignedIn, passwords: { readonly current: string; readonly next: string }): Promise<void> {
    const row = await this.ownRow(who);
    checkNewPassword(passwords.next, [row.name, row.email], 'next');
    const wrapUnder = await this.memberKeys.under(passwords.next);
    const attempt = { account: who.memberId, address: who.memberId };
    const proven = await this.proof.prove(row, passwords.current, attempt, (store, secretKey) =>
      wrapUnder(store, who.memberId, secretKey),
    );
    if (!proven) throw new Refusal('SIGN_IN_FAILED', 'That is not your current password.', { fields: ['current'] });
    await this.replace(who, row.password_half, proven.result);
    await this.memberKeys.forget(who.memberId, 'password', row.password_half);
    await this.sessions.endOthers(who);
  }

  private async ownRow(who: SignedIn): Promise<OwnRow> {
    const [row] = await inSiteOf(this.records, who, (tx) =>
      tx.query<OwnRow>('SELECT * FROM member WHERE id = $1', [who.memberId]),
    );
    return row!;
  }

  private async replace(who: SignedIn, oldHalf: string, { salt, halfId, wrapped }: PasswordWrap): Promise<void> {
    await inSiteOf(this.records, who, async (tx) => {
      const changed = await tx.query(
        `UPDATE member SET password_salt = $1, password_half = $2, wrapped_secret_key = $3
         WHERE id = $4 AND password_half = $5 AND status = 'active' RETURNING id`,
        [Buffer.from(salt), halfId, Buffer.from(wrapped), who.memberId, oldHalf],
      );
      if (changed.length === 0) throw new Refusal('ALREADY_DONE', 'Your password was changed in the meantime.');
      await this.log.append(tx, { kind: 'password.changed', actor: actorOf(who), subject: siteSubject(who), context: {} });
    });
  }
}
