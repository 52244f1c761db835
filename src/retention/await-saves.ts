import { setTimeout as pause } from 'node:timers/promises';
import type { RecordsDatabase } from '../platform/records-database.js';

/** A save takes some milliseconds. One that is stuck holds up no hold, which is in force, whatever is answered; nor what follows a rule. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 10;

/** Transactions that have locked rows of intakes, as every save does first, and a creation, which finds none (`RecordsDatabase.inSiteAtIntake`), by names that are used once. */
const UNDER_WAY = `
  SELECT l.virtualtransaction AS id FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
  WHERE l.locktype = 'relation' AND l.relation = 'intake'::regclass AND l.mode = 'RowShareLock' AND l.granted`;

/**
 * Waits until the saves that are under way have come to their end. One that had asked the key store before a hold was there does not keep
 * what it replaces. So after this nothing that stands is overwritten under the hold: only then is it acknowledged. One that had read a
 * rule before it changed tells the key store days of before: only after it can they all be found right.
 * @returns false when one is stuck
 */
export async function awaitSaves(records: RecordsDatabase): Promise<boolean> {
  const before = new Set(await underWay(records));
  for (let waited = 0; waited < PATIENCE_MS && before.size > 0; waited += LOOK_EVERY_MS) {
    await pause(LOOK_EVERY_MS);
    const now = new Set(await underWay(records));
    for (const id of before) if (!now.has(id)) before.delete(id);
  }
  return before.size === 0;
}

async function underWay(records: RecordsDatabase): Promise<readonly string[]> {
  return (await records.query<{ id: string }>(UNDER_WAY)).map(({ id }) => id);
}
