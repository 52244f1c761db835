import { Injectable } from '@nestjs/common';
import { equalBytes, wipe } from '../crypto/bytes.js';
import { keyPairOf } from '../crypto/sealed-box.js';
import { sixWords } from '../crypto/six-words.js';
import { Clock, type Day } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { KeyStore } from '../vault/key-store.js';
import type { ApprovalState } from './approvals/approval.js';
import { nameSql } from './member-row.js';
import { notAuthentic, openSessionSecret } from './open-session-secret.js';
import type { Role, SignedIn, SiteMember } from './signed-in.js';

/** `waiting`: a preparer whom nobody has given the key yet. */
export type MemberStatus = 'invited' | 'waiting' | 'active' | 'disabled';

export interface ListedMember {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Of every site: they may work here too. */
  readonly organisationWide: boolean;
  readonly status: MemberStatus;
  readonly holdsKey: boolean;
  /** Who gave them the key; themselves, when they made it. */
  readonly admittedBy?: { readonly id: string; readonly name: string };
  readonly admittedDay?: Day;
  /** Of an administrator whom another one invited: who approved them. */
  readonly approvedBy?: { readonly id: string; readonly name: string };
  /** Of the same: nobody had decided when their seven days of notice were over. */
  readonly joinedAfterNotice?: boolean;
  /** Six words of the public key of somebody who waits, for preparers to compare with what that person reads out. */
  readonly words?: readonly string[];
  /** Of an invitation. */
  readonly expiresAt?: Date;
}

interface MemberRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly organisation_wide: boolean;
  readonly status: 'active' | 'disabled';
  readonly public_key: Uint8Array;
  readonly admitted_by: string | null;
  readonly admitted_by_name: string | null;
  readonly admitted_day: Day | null;
  readonly approval_state: ApprovalState | null;
  readonly approved_by: string | null;
  readonly approved_by_name: string | null;
}

/** Who works at a site or may, who holds its key, and who gave it to them: every member may see that. */
@Injectable()
export class ListMembers {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly clock: Clock,
  ) {}

  async run(who: SiteMember): Promise<readonly ListedMember[]> {
    return this.records.inSite(who.siteId, async (tx) => {
      const members = await selectMembers(tx);
      const invited = who.role === 'administrator' ? await this.invited(tx) : [];
      return [...members.map((row) => listed(row, who)), ...invited];
    });
  }

  /**
   * The words the member reads out. Made from their own secret key and never from the member table: a key that somebody
   * put there in its place would read the same to both sides.
   * @throws Refusal KEY_NOT_AUTHENTIC when that has happened
   */
  async ownWords(who: SignedIn): Promise<readonly string[]> {
    const { secretKey, grantHalves } = await openSessionSecret(this.keyStore, who);
    const { publicKey } = keyPairOf(secretKey);
    wipe(secretKey, ...grantHalves.values());
    if (!equalBytes(publicKey, who.sealedKey.publicKey)) throw notAuthentic();
    return sixWords(publicKey);
  }

  private async invited(tx: RecordsTx): Promise<readonly ListedMember[]> {
    const rows = await tx.query<{ id: string; name: string; email: string; role: Role; organisation_wide: boolean; expires_at: Date }>(
      'SELECT id, name, email, role, site_id IS NULL AS organisation_wide, expires_at FROM invitation WHERE used_at IS NULL AND expires_at > $1 ORDER BY expires_at',
      [this.clock.now()],
    );
    return rows.map(({ organisation_wide: organisationWide, expires_at: expiresAt, ...row }) => {
      return { ...row, organisationWide, status: 'invited', holdsKey: false, expiresAt };
    });
  }
}

function selectMembers(tx: RecordsTx): Promise<MemberRow[]> {
  return tx.query<MemberRow>(
    `SELECT m.id, m.name, m.email, m.role, m.site_id IS NULL AS organisation_wide, m.status, m.public_key, g.admitted_by, ${nameSql('a')} AS admitted_by_name, g.admitted_day,
       p.state AS approval_state, p.decided_by AS approved_by, ${nameSql('d')} AS approved_by_name
     FROM member m
     LEFT JOIN LATERAL (SELECT * FROM vault_grant WHERE member_id = m.id ORDER BY vault_number DESC LIMIT 1) g ON true
     LEFT JOIN member a ON a.id = g.admitted_by
     LEFT JOIN approval p ON p.id = m.approval_id
     LEFT JOIN member d ON d.id = p.decided_by
     WHERE m.forgotten_day IS NULL ORDER BY m.created_day, m.name, m.id`,
  );
}

function listed(row: MemberRow, who: SiteMember): ListedMember {
  const holdsKey = row.admitted_by !== null;
  const status = row.status === 'active' && row.role === 'preparer' && !holdsKey ? 'waiting' : row.status;
  const seesWords = status === 'waiting' && who.role === 'preparer' && row.id !== who.memberId;
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    organisationWide: row.organisation_wide,
    status,
    holdsKey,
    ...(row.admitted_by === null ? {} : { admittedBy: { id: row.admitted_by, name: row.admitted_by_name! } }),
    ...(row.admitted_day === null ? {} : { admittedDay: row.admitted_day }),
    ...(row.approved_by === null ? {} : { approvedBy: { id: row.approved_by, name: row.approved_by_name! } }),
    ...(row.approval_state === 'expired' ? { joinedAfterNotice: true } : {}),
    ...(seesWords ? { words: sixWords(row.public_key) } : {}),
  };
}
