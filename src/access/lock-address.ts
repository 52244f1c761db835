import type { RecordsTx } from '../platform/records-tx.js';
import { tidy } from './invitation-row.js';

/** Of PostgreSQL's advisory locks with two numbers, the first. */
const ADDRESS_LOCK = 7_466_105;

/**
 * One at a time for an e-mail address, until this transaction ends: whoever invites it sees every other invitation of it, and whether somebody has
 * joined by one. Taken before any row's lock.
 */
export async function lockAddress(tx: RecordsTx, email: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1, hashtext(lower($2)))', [ADDRESS_LOCK, tidy(email)]);
}
