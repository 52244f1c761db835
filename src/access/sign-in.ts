import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import type { LogEntry, Reason } from '../audit/entry.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { hasOtherHalves } from '../vault/halves.js';
import { refuseRestored } from '../vault/restored/restored-mode.js';
import { actorOf, siteSubject } from './actor.js';
import { inSiteOf, type Workplace } from './in-site-of.js';
import { MemberKeys } from './member-keys.js';
import { PasswordProof, type PasswordRow } from './password-proof.js';
import { Sessions, type PreparedSession } from './sessions.js';
import type { Role } from './signed-in.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Of a second factor. Members have none yet; whoever sends one is signed in without it. */
  readonly code?: string | undefined;
}

/** Somebody as the API introduces them. */
export interface MemberAtSite {
  readonly id: string;
  readonly role: Role;
  /** At which they work: of an organisation-wide member, the oldest until they choose another. */
  readonly siteId: string;
  readonly organisationWide: boolean;
  readonly name: string;
}

export interface FreshSession {
  readonly token: string;
  readonly member: MemberAtSite;
}

interface MemberRow extends PasswordRow {
  readonly site_id: string;
  readonly organisation_wide: boolean;
  readonly role: Role;
  readonly name: string;
  readonly status: 'active' | 'disabled';
}

@Injectable()
export class SignIn {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly proof: PasswordProof,
    private readonly memberKeys: MemberKeys,
    private readonly sessions: Sessions,
    private readonly log: AccessLog,
  ) {}

  /**
   * Opens the member's secret key with the password and seals it for a new session. The session's half commits before its
   * row: a crash between leaves a half that nothing refers to. Ends what a change of password left that was cut short.
   *
   * A password may be changed, or its member disabled, between the proof and the session: that is looked at again under the
   * lock of the member's row, which both hold until they are done, and no session begins.
   * @param address where the request came from, for slowing down guesses
   * @param idlesOut false for the demonstration's tokens alone
   * @throws Refusal SIGN_IN_FAILED, the same for no account, a disabled one and a wrong password; TOO_MANY_ATTEMPTS;
   *   RESTORED for a preparer who has got everything right
   */
  async run(credentials: Credentials, address: string, idlesOut = true): Promise<FreshSession> {
    const email = credentials.email.normalize('NFC').trim();
    const [row] = await this.records.query<MemberRow>(`SELECT * FROM find_member($1) WHERE email <> ''`, [email]);
    const member = row?.status === 'active' ? row : undefined;
    const attempt = { account: email.toLowerCase(), address };
    const proven = await this.proof.prove(member, credentials.password, attempt, async (store, secretKey) => {
      if (member!.role === 'preparer') await refuseRestored(store.tx);
      const session = await this.sessions.prepare(store, member!.id, secretKey);
      return { session, hasFormer: await hasOtherHalves(store, member!.id, 'password', member!.password_half) };
    });
    if (!member || !proven) throw await this.failed(row, reasonOf(row));
    const { session, hasFormer } = proven.result;
    if (hasFormer) await inSiteOf(this.records, workplaceOf(member), (tx) => this.memberKeys.forgetFormer(tx, member.id));
    const overtaken = await this.begin(member, session, idlesOut);
    if (overtaken) {
      await this.sessions.discard(member.id, session);
      throw await this.failed(member, overtaken);
    }
    const { id, role, name } = member;
    return { token: session.token, member: { id, role, ...workplaceOf(member), name } };
  }

  /** @returns why there is no session, when the member was disabled or the password changed since it was proven */
  private begin(member: MemberRow, session: PreparedSession, idlesOut: boolean): Promise<Reason | undefined> {
    const owner = { memberId: member.id, ...workplaceOf(member) };
    return inSiteOf(this.records, owner, async (tx) => {
      const overtaken = await lookAgain(tx, member);
      if (overtaken) return overtaken;
      await this.sessions.begin(tx, owner, session, idlesOut);
      await this.log.append(tx, {
        kind: 'signed-in',
        actor: actorOf({ memberId: member.id, role: member.role }),
        subject: siteSubject(owner),
        context: {},
      });
      return undefined;
    });
  }

  /** What was typed as an address may be anything, a password too: of an unknown account nothing is noted. */
  private async failed(row: MemberRow | undefined, reason: Reason): Promise<Refusal> {
    const entry: LogEntry = {
      kind: 'sign-in-failed',
      actor: { system: 'visitor' },
      subject: row ? { ...siteSubject(workplaceOf(row)), member: row.id } : {},
      context: { reason },
    };
    const note = (tx: RecordsTx): Promise<unknown> => this.log.append(tx, entry);
    await (row ? inSiteOf(this.records, workplaceOf(row), note) : this.records.withoutSite(note));
    return new Refusal('SIGN_IN_FAILED', 'That e-mail address and password do not go together.');
  }
}

/** Shared with other sign-ins of the member; waits for whoever changes the password or disables them, and they for it. */
async function lookAgain(tx: RecordsTx, proven: MemberRow): Promise<Reason | undefined> {
  const [now] = await tx.query<Pick<MemberRow, 'status' | 'password_half'>>('SELECT status, password_half FROM member WHERE id = $1 FOR SHARE', [proven.id]);
  if (now?.status !== 'active') return 'disabled';
  return now.password_half === proven.password_half ? undefined : 'wrong-password';
}

function workplaceOf(row: MemberRow): Workplace {
  return { siteId: row.site_id, organisationWide: row.organisation_wide };
}

function reasonOf(row: MemberRow | undefined): Reason {
  if (!row) return 'unknown-account';
  return row.status === 'disabled' ? 'disabled' : 'wrong-password';
}
