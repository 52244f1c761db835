import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { NewMemberKeys } from './member-keys.js';
import type { Role } from './signed-in.js';

export interface NewMember {
  readonly siteId: string | null;
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  /** null: the first administrator, who came by the set-up link */
  readonly invitedBy: string | null;
  readonly createdDay: Day;
  /** Of an administrator whom a member invited: how they came to be one. */
  readonly approvalId?: string | null;
}

/** Whoever had the address last is noted as who they were before: where it takes two, both are one person. */
export async function insertMember(tx: RecordsTx, { memberId, keys, password }: NewMemberKeys, member: NewMember): Promise<void> {
  await tx.query(
    `INSERT INTO member
       (id, site_id, role, name, email, public_key, password_salt, password_half, wrapped_secret_key, invited_by, created_day, approval_id, earlier_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, (SELECT id FROM find_member($5)))`,
    [
      memberId,
      member.siteId,
      member.role,
      member.name,
      member.email,
      Buffer.from(keys.publicKey),
      Buffer.from(password.salt),
      password.halfId,
      Buffer.from(password.wrapped),
      member.invitedBy,
      member.createdDay,
      member.approvalId ?? null,
    ],
  );
}

/** SQL: a member's name; the id once the name is erased, as lists of entries show it. @param member alias, from our own code */
export function nameSql(member: string): string {
  return `coalesce(nullif(${member}.name, ''), ${member}.id::text)`;
}

/** Holds back whoever else would change who holds a site's key, until this transaction ends. */
export async function lockHolders(tx: RecordsTx, siteId: string): Promise<void> {
  await tx.query('SELECT FROM site WHERE id = $1 FOR NO KEY UPDATE', [siteId]);
}
