import { frontierBytes, frontierFrom } from '../../audit/merkle.js';
import type { KeysTx } from '../../platform/keys-tx.js';
import type { RecordsState } from './records-state.js';

export interface RecordsMemory extends RecordsState {
  readonly seenAt: Date;
  /** The last run that the key store knows to have ended. */
  readonly lastRun: string | null;
}

interface Row {
  readonly log_size: number;
  readonly log_frontier: Buffer;
  readonly readers: Buffer;
  readonly seen_at: Date;
  readonly last_run: string | null;
}

/** @returns undefined when the key store has never seen any records */
export async function recallRecords(tx: KeysTx): Promise<RecordsMemory | undefined> {
  const [row] = await tx.query<Row>('SELECT m.*, (SELECT last_run FROM key_store) AS last_run FROM records_memory m');
  if (!row) return undefined;
  return { tree: frontierFrom(row.log_size, row.log_frontier), readers: row.readers, seenAt: row.seen_at, lastRun: row.last_run };
}

/**
 * Never goes back by itself: of two processes the one that saw more wins.
 * @param how `anew` after a release, when what was known before is given up, the last run too
 */
export async function rememberRecords(tx: KeysTx, { tree, readers }: RecordsState, at: Date, how: 'onward' | 'anew' = 'onward'): Promise<void> {
  await tx.query(
    `INSERT INTO records_memory AS m (log_size, log_frontier, readers, seen_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT ON CONSTRAINT records_memory_pk DO UPDATE
       SET log_size = excluded.log_size, log_frontier = excluded.log_frontier, readers = excluded.readers, seen_at = excluded.seen_at
       WHERE $5 OR m.log_size <= excluded.log_size`,
    [tree.size, frontierBytes(tree), readers, at, how === 'anew'],
  );
  if (how === 'anew') await tx.query('UPDATE key_store SET last_run = NULL');
}
