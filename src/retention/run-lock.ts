import type { KeysDatabase } from '../platform/keys-database.js';
import { Refusal } from '../platform/refusal.js';

const RUN_LOCK = 7_466_002;

/**
 * One run at a time, across processes: a lock of the key store's server on a connection of its own, held for the whole run.
 * A process that dies gives it up with its connection; one that lives on without its connection is told by its next step (`RunTakenOver`).
 * @throws Refusal RUN_IN_PROGRESS when another run holds it
 */
export async function withRunLock<T>(keys: KeysDatabase, work: () => Promise<T>): Promise<T> {
  return keys.newConnection(async (query) => {
    const [lock] = await query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [RUN_LOCK]);
    if (!lock?.taken) throw new Refusal('RUN_IN_PROGRESS', 'A purge run is under way. Wait until it has ended.');
    try {
      return await work();
    } finally {
      // Said aloud, since the server notices a closed connection only a moment later. Where the connection is lost, so is the lock.
      await query('SELECT pg_advisory_unlock($1)', [RUN_LOCK]).catch(() => undefined);
    }
  });
}
