import type { AccessLog } from '../../audit/append-entry.js';
import type { EntryKind } from '../../audit/entry.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { actorOf } from '../actor.js';
import type { SignedIn } from '../signed-in.js';
import type { Approval, ApprovalState } from './approval.js';

const ENTRY: Readonly<Record<Exclude<ApprovalState, 'open'>, EntryKind>> = {
  approved: 'approval.given',
  declined: 'approval.declined',
  withdrawn: 'approval.withdrawn',
  expired: 'approval.expired',
};

export type Closing =
  | { readonly state: 'approved' | 'declined' | 'withdrawn'; readonly by: Pick<SignedIn, 'memberId' | 'role'>; readonly at: Date }
  | { readonly state: 'expired'; readonly at: Date };

/** Whose auditors see an entry about it: every site's, for a matter of the whole organisation. */
export function matterOf({ siteId }: Pick<Approval, 'siteId'>): { site?: string } {
  return siteId === null ? {} : { site: siteId };
}

/** Writes down how a request ended, and in the log that it did. The caller has locked it open in this transaction. */
export async function closeApproval(tx: RecordsTx, log: AccessLog, approval: Approval, closing: Closing): Promise<void> {
  const by = closing.state === 'expired' ? undefined : closing.by;
  const closed = await tx.query('UPDATE approval SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1 RETURNING id', [
    approval.id,
    closing.state,
    by?.memberId ?? null,
    closing.at,
  ]);
  if (closed.length === 0) throw new Error('an approval was closed that nobody had locked');
  await log.append(tx, {
    kind: ENTRY[closing.state],
    actor: by ? actorOf(by) : { system: 'approvals' },
    subject: matterOf(approval),
    context: { approval: approval.id, act: approval.kind },
  });
}
