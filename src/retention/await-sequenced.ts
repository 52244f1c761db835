import { setTimeout as pause } from 'node:timers/promises';
import type { RecordsDatabase } from '../platform/records-database.js';

const POLL_MS = 50;
const LONGEST_POLLS = 600;

/** The sequencer did not give the entries their indexes in time: no certificate can point at them. */
export class LogNotSequenced extends Error {
  override readonly name = 'LogNotSequenced';

  constructor() {
    super('the access log did not integrate the entries of the run in time');
  }
}

/**
 * Waits, half a minute at most, until the sequencer has given these entries their places in the log.
 * @returns their indexes, in the order asked
 * @throws LogNotSequenced
 */
export async function awaitSequenced(records: RecordsDatabase, entryIds: readonly number[]): Promise<readonly number[]> {
  for (let polls = 0; polls < LONGEST_POLLS; polls++) {
    const rows = await records.query<{ entry_id: number; index: number }>(
      'SELECT entry_id, index FROM log_index WHERE entry_id = ANY ($1::bigint[])',
      [entryIds],
    );
    const indexes = new Map(rows.map((row) => [row.entry_id, row.index]));
    if (entryIds.every((id) => indexes.has(id))) return entryIds.map((id) => indexes.get(id)!);
    await pause(POLL_MS);
  }
  throw new LogNotSequenced();
}
