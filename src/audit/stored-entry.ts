import { filled, LEAF, SALTED_PARTS } from './longest-cells.js';

/** An entry's place in the tree and what is stored there: columns of log_index, log_entry and log_part. */
export interface StoredEntry {
  readonly index: number;
  readonly leaf_hash: Buffer;
  /** Null, as everything after it, when the entry is gone. */
  readonly leaf: string | null;
  /** Null, as the other parts and salts, once it was pruned. */
  readonly actor: string | null;
  readonly actor_salt: Buffer | null;
  readonly subject: string | null;
  readonly subject_salt: Buffer | null;
  readonly context: string | null;
  readonly context_salt: Buffer | null;
}

/** One of each place, where the database's owner took away what refuses several. */
export const STORED_ENTRIES = `
  SELECT DISTINCT ON (i.index) i.index, ${filled('i.leaf_hash', 'hash')} AS leaf_hash, ${LEAF}, ${SALTED_PARTS}
  FROM log_index i LEFT JOIN log_entry e ON e.id = i.entry_id LEFT JOIN log_part p ON p.entry_id = e.id
  WHERE i.index >= $1 AND i.index < $2 ORDER BY i.index`;
