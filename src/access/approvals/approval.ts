import type { RecordsTx } from '../../platform/records-tx.js';

/** Every act that takes two people: a closed list. A name is never changed, since rows and log entries hold it. */
export const APPROVAL_KINDS = ['administrator.invited', 'intake.erasure', 'hold.release', 'policy.publish'] as const;
export type ApprovalKindName = (typeof APPROVAL_KINDS)[number];

/** From `open` to one of the others, once. `expired`: its time ran out, or whoever asked has left. */
export const APPROVAL_STATES = ['open', 'approved', 'declined', 'withdrawn', 'expired'] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

export interface Approval {
  readonly id: string;
  /** null: a matter of the whole organisation */
  readonly siteId: string | null;
  readonly kind: ApprovalKindName;
  /** Ids and settings, as the kind wants them. */
  readonly subject: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly state: ApprovalState;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
}

/** For SELECT from `approval a`. */
export const APPROVAL_COLUMNS = `a.id, a.site_id AS "siteId", a.kind, a.subject, a.reason, a.requested_by AS "requestedBy",
  a.requested_at AS "requestedAt", a.expires_at AS "expiresAt", a.state, a.decided_by AS "decidedBy", a.decided_at AS "decidedAt"`;

export async function insertApproval(tx: RecordsTx, asked: Omit<Approval, 'state' | 'decidedBy' | 'decidedAt'>): Promise<void> {
  await tx.query(
    `INSERT INTO approval (id, site_id, kind, subject, reason, requested_by, requested_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [asked.id, asked.siteId, asked.kind, asked.subject, asked.reason, asked.requestedBy, asked.requestedAt, asked.expiresAt],
  );
}

export async function findApproval(tx: RecordsTx, id: string): Promise<Approval | undefined> {
  const [found] = await tx.query<Approval>(`SELECT ${APPROVAL_COLUMNS} FROM approval a WHERE a.id = $1`, [id]);
  return found;
}

/**
 * The request while it is open, and nobody else's to decide until this transaction ends: whoever comes second waits and
 * then finds it decided. The policies of the table let a decided row be locked by nobody.
 */
export async function lockOpenApproval(tx: RecordsTx, id: string): Promise<Approval | undefined> {
  const [found] = await tx.query<Approval>(`SELECT ${APPROVAL_COLUMNS} FROM approval a WHERE a.id = $1 AND a.state = 'open' FOR UPDATE`, [id]);
  return found;
}
