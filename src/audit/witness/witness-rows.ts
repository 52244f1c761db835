import type { WitnessFailure } from '../../platform/event-log.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { bounded } from '../longest-cells.js';
import type { Cosignature } from './cosignature.js';

/** Longer than asking can take, so that nobody asks beside somebody who still waits. */
const CLAIM_SECONDS = 60;
/** A witness is asked no oftener than that, and again about a tree that did not grow after that. */
const PAUSE_MS = 5 * 60_000;
const AGAIN_MS = 6 * 3_600_000;
const FIRST_BACK_OFF_MS = 30_000;
const LONGEST_BACK_OFF_MS = 30 * 60_000;

/** What a witness is to be asked about: the newest checkpoint, and the size that it was at when it last spoke. */
export interface Claim {
  readonly origin: string;
  readonly size: number;
  readonly note: string;
  readonly oldSize: number;
  /** Of the last time, when it failed. */
  readonly failure?: WitnessFailure;
}

/** Takes the turn to ask a witness. @returns undefined when there is nothing to ask, not yet, or another process is at it */
export async function claimWitness(tx: RecordsTx, vkey: string, now: Date): Promise<Claim | undefined> {
  const [newest] = await tx.query<Omit<Claim, 'oldSize' | 'failure'>>(
    `SELECT ${bounded('c.origin', 'signed')} AS origin, c.size, ${bounded('c.note', 'signed')} AS note FROM log_checkpoint c JOIN log_origin o ON o.origin = c.origin ORDER BY o.number DESC, c.size DESC LIMIT 1`,
  );
  if (!newest) return undefined;
  await tx.query('INSERT INTO log_witness (vkey, origin, since, next_at) VALUES ($1, $2, $3, $3) ON CONFLICT (vkey, origin) DO NOTHING', [vkey, newest.origin, now]);
  const [claimed] = await tx.query<{ size: number; failure: WitnessFailure | null }>(
    `UPDATE log_witness SET claimed_until = clock_timestamp() + make_interval(secs => $4)
     WHERE vkey = $1 AND origin = $2 AND claimed_until < clock_timestamp() AND next_at <= $3
       AND (cosigned_size IS NULL OR cosigned_size < $5 OR failures > 0 OR cosigned_at <= $6)
     RETURNING size, ${bounded('failure', 'word')} AS failure`,
    [vkey, newest.origin, now, CLAIM_SECONDS, newest.size, new Date(now.getTime() - AGAIN_MS)],
  );
  if (!claimed) return undefined;
  return { ...newest, oldSize: claimed.size, ...(claimed.failure === null ? {} : { failure: claimed.failure }) };
}

/** It has cosigned. Of two cosignatures of one checkpoint the younger is kept. */
export async function keepCosignature(tx: RecordsTx, vkey: string, { origin, size }: Claim, { line, at }: Cosignature, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO log_cosignature (origin, size, vkey, line, cosigned_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (origin, size, vkey) DO UPDATE SET line = excluded.line, cosigned_at = excluded.cosigned_at
     WHERE log_cosignature.cosigned_at < excluded.cosigned_at`,
    [origin, size, vkey, line, at],
  );
  await tx.query(
    `UPDATE log_witness SET size = $3, cosigned_size = greatest(cosigned_size, $3), cosigned_at = $4, failure = NULL, failed_at = NULL, failures = 0,
       next_at = $5, claimed_until = '-infinity' WHERE vkey = $1 AND origin = $2`,
    [vkey, origin, size, now, new Date(now.getTime() + PAUSE_MS)],
  );
}

/** It has not. @param oldSize that it says it is at */
export async function keepFailure(tx: RecordsTx, vkey: string, { origin }: Claim, failure: WitnessFailure, oldSize: number, now: Date): Promise<void> {
  const [row] = await tx.query<{ failures: number }>('SELECT failures FROM log_witness WHERE vkey = $1 AND origin = $2 FOR UPDATE', [vkey, origin]);
  const backOff = Math.min(FIRST_BACK_OFF_MS * 2 ** row!.failures, LONGEST_BACK_OFF_MS);
  await tx.query(
    `UPDATE log_witness SET size = $3, failure = $4, failed_at = $5, failures = least(failures + 1, 20), next_at = $6, claimed_until = '-infinity'
     WHERE vkey = $1 AND origin = $2`,
    [vkey, origin, oldSize, failure, now, new Date(now.getTime() + backOff)],
  );
}

/** Nothing came of it: the next one may ask at once. */
export async function releaseWitness(tx: RecordsTx, vkey: string, { origin }: Claim): Promise<void> {
  await tx.query(`UPDATE log_witness SET claimed_until = '-infinity' WHERE vkey = $1 AND origin = $2`, [vkey, origin]);
}
