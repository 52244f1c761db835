/** An entry's place in the tree and what is stored there: columns of log_index, log_entry and log_part. */
export interface StoredEntry {
  readonly index: number;
  readonly leaf_hash: Buffer;
  /** Null, as everything after it, when the entry is gone. */
  readonly leaf: string | null;
  readonly kind: string;
  readonly at: Date;
  readonly epoch: string;
  readonly counter: number;
  readonly site_id: string | null;
  readonly intake_id: string | null;
  /** Null, as the other parts and salts, once it was pruned. */
  readonly actor: string | null;
  readonly actor_salt: Buffer | null;
  readonly subject: string | null;
  readonly subject_salt: Buffer | null;
  readonly context: string | null;
  readonly context_salt: Buffer | null;
}

/**
 * No cell that the log writes is longer, in bytes. Whoever is at the database can make one so long that nothing has room for it: what is beyond is not asked for.
 * A bundle's two bytes hold the length of a leaf.
 */
export const MOST_OF = { leaf: 0xffff, part: 0x40000, salt: 32 } as const;

const cutParts = (['actor', 'subject', 'context'] as const).map(
  (part) => `left(p.${part}, ${MOST_OF.part}) AS ${part}, substr(p.${part}_salt, 1, ${MOST_OF.salt + 1}) AS ${part}_salt`,
);

/** A leaf that is too long is none that was written, and left out. */
export const STORED_ENTRIES = `
  SELECT i.index, i.leaf_hash, CASE WHEN octet_length(e.leaf) <= ${MOST_OF.leaf} THEN e.leaf END AS leaf, e.kind, e.at, e.epoch, e.counter, e.site_id, e.intake_id, ${cutParts.join(', ')}
  FROM log_index i LEFT JOIN log_entry e ON e.id = i.entry_id LEFT JOIN log_part p ON p.entry_id = e.id
  WHERE i.index >= $1 AND i.index < $2 ORDER BY i.index`;
