import type { RecordsTx } from '../../platform/records-tx.js';

/**
 * A backup brings back sessions that were ended, invitations that were used, and requests for two that were declined. None of
 * it opens an answer, since the halves are gone, but a session row alone would let an administrator in who has left, and a
 * used link would make a member. All go: who works here signs in again, who is to come is invited again.
 */
export async function endRevivedAccess(tx: RecordsTx, at: Date): Promise<{ sessions: number; invitations: number; requests: number }> {
  const sessions = await tx.query('DELETE FROM session RETURNING 1');
  const invitations = await tx.query('DELETE FROM invitation WHERE used_at IS NULL RETURNING 1');
  const requests = await tx.query(`UPDATE approval SET state = 'expired', decided_at = $1 WHERE state = 'open' RETURNING 1`, [at]);
  return { sessions: sessions.length, invitations: invitations.length, requests: requests.length };
}
