import { randomUUID } from 'node:crypto';
import { newToken, tokenBytes, tokenHash } from '../crypto/secret-token.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { Role } from './signed-in.js';

export interface NewInvitation {
  /** null: to the whole organisation */
  readonly siteId: string | null;
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  /** null: by the set-up itself, so that whom it invites was chosen by nobody who is a member */
  readonly invitedBy: string | null;
  readonly expiresAt: Date;
  /** Of an administrator whom a member invites: the request that has to be approved first. */
  readonly approvalId?: string;
}

export interface FreshInvitation {
  readonly id: string;
  /** The path of the one-time link. Shown once, to be handed over; nobody can read it again. */
  readonly path: string;
  readonly expiresAt: Date;
  /** Of an administrator: what has to be approved, and from when on it need not be any more. */
  readonly approval?: { readonly id: string; readonly opensAt: Date };
}

/** A thief of the row has a hash of the link's token. */
export async function insertInvitation(tx: RecordsTx, invitation: NewInvitation): Promise<FreshInvitation> {
  const token = newToken();
  const id = randomUUID();
  await tx.query(
    `INSERT INTO invitation (id, site_id, role, name, email, token_hash, invited_by, expires_at, approval_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      invitation.siteId,
      invitation.role,
      tidy(invitation.name),
      tidy(invitation.email),
      Buffer.from(tokenHash(tokenBytes(token)!)),
      invitation.invitedBy,
      invitation.expiresAt,
      invitation.approvalId ?? null,
    ],
  );
  return { id, path: `/join?token=${token}`, expiresAt: invitation.expiresAt };
}

/** One spelling of what can be typed in several: composed letters, no space around. */
export function tidy(text: string): string {
  return text.normalize('NFC').trim();
}
