import { frontierBytes, frontierFrom, type Frontier } from '../../audit/merkle.js';
import type { KeysTx } from '../../platform/keys-tx.js';
import type { RecordsDifference } from './compare-records.js';
import type { RecordsMemory } from './records-memory.js';

/** Records that were found not to go on from what the key store remembers. While this is there, nobody reads and nothing runs. */
export interface RestoredRecords {
  readonly foundAt: Date;
  readonly difference: RecordsDifference;
  /** Entries of the access log that were there when it was found, and that were there once, on a day that is known. */
  readonly foundSize: number;
  readonly knownSize: number;
  readonly knownAt: Date;
  /** What restore-check left behind; absent until it has run. */
  readonly swept?: { readonly at: Date; readonly tree: Frontier };
  readonly asked?: AskedRelease;
}

/** Who has asked for the release, and why; a second person completes it. */
export interface AskedRelease {
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
}

interface Row {
  readonly found_at: Date;
  readonly difference: RecordsDifference;
  readonly found_size: number;
  readonly known_size: number;
  readonly known_at: Date;
  readonly swept_at: Date | null;
  readonly swept_size: number | null;
  readonly swept_frontier: Buffer | null;
  readonly asked_by: string | null;
  readonly asked_at: Date | null;
  readonly asked_reason: string | null;
}

export async function findRestored(tx: KeysTx): Promise<RestoredRecords | undefined> {
  const [row] = await tx.query<Row>('SELECT * FROM restored_records');
  return row && restoredOf(row);
}

/** Locks it, so that of two who release at once one is the second. */
export async function lockRestored(tx: KeysTx): Promise<RestoredRecords | undefined> {
  const [row] = await tx.query<Row>('SELECT * FROM restored_records FOR UPDATE');
  return row && restoredOf(row);
}

/** What was found before stays: a restart on the same records finds nothing new. */
export async function insertRestored(
  tx: KeysTx,
  found: { readonly at: Date; readonly difference: RecordsDifference; readonly size: number; readonly knownSize: number },
  memory: RecordsMemory,
): Promise<void> {
  await tx.query(
    `INSERT INTO restored_records (found_at, difference, found_size, known_size, known_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT ON CONSTRAINT restored_records_pk DO NOTHING`,
    [found.at, found.difference, found.size, found.knownSize, memory.seenAt],
  );
}

/** What was asked before the sweep is asked anew: it was asked of other records. */
export async function markSwept(tx: KeysTx, tree: Frontier, at: Date): Promise<void> {
  await tx.query('UPDATE restored_records SET swept_at = $1, swept_size = $2, swept_frontier = $3', [at, tree.size, frontierBytes(tree)]);
  await clearAsked(tx);
}

export async function markAsked(tx: KeysTx, { by, at, reason }: AskedRelease): Promise<void> {
  await tx.query('UPDATE restored_records SET asked_by = $1, asked_at = $2, asked_reason = $3', [by, at, reason]);
}

/** Declined, withdrawn, or of no account any more. */
export async function clearAsked(tx: KeysTx): Promise<void> {
  await tx.query('UPDATE restored_records SET asked_by = NULL, asked_at = NULL, asked_reason = NULL');
}

export async function deleteRestored(tx: KeysTx): Promise<void> {
  await tx.query('DELETE FROM restored_records');
}

function restoredOf(row: Row): RestoredRecords {
  return {
    foundAt: row.found_at,
    difference: row.difference,
    foundSize: row.found_size,
    knownSize: row.known_size,
    knownAt: row.known_at,
    ...(row.swept_at ? { swept: { at: row.swept_at, tree: frontierFrom(row.swept_size!, row.swept_frontier!) } } : {}),
    ...(row.asked_by ? { asked: { by: row.asked_by, at: row.asked_at!, reason: row.asked_reason! } } : {}),
  };
}
