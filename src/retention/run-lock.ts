import type { KeysDatabase } from '../platform/keys-database.js';
import { Refusal } from '../platform/refusal.js';

const RUN_LOCK = 7_466_002;
const VERIFICATION_LOCK = 7_466_003;

/**
 * One run at a time, across processes: a lock of the key store's server on a connection of its own, held for the whole run.
 * A process that dies gives it up with its connection; one that lives on without its connection is told by its next step (`RunTakenOver`).
 * @throws Refusal RUN_IN_PROGRESS when another run holds it
 */
export function withRunLock<T>(keys: KeysDatabase, work: () => Promise<T>): Promise<T> {
  return withLock(keys, RUN_LOCK, work, () => {
    throw new Refusal('RUN_IN_PROGRESS', 'A purge run is under way. Wait until it has ended.');
  });
}

/** One nightly verification at a time, in the same way. Does nothing while another process is at it: twice would do no harm, and no good. */
export function withVerificationLock(keys: KeysDatabase, work: () => Promise<void>): Promise<void> {
  return withLock(keys, VERIFICATION_LOCK, work, () => undefined);
}

async function withLock<T>(keys: KeysDatabase, lock: number, work: () => Promise<T>, isTaken: () => T): Promise<T> {
  return keys.newConnection(async (query) => {
    const [row] = await query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [lock]);
    if (!row?.taken) return isTaken();
    try {
      return await work();
    } finally {
      // Said aloud, since the server notices a closed connection only a moment later. Where the connection is lost, so is the lock.
      await query('SELECT pg_advisory_unlock($1)', [lock]).catch(() => undefined);
    }
  });
}
