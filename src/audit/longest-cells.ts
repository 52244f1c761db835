/** In characters, of which UTF-8 makes four bytes each at the most. */
export const LONGEST_NOTE = 1000;

/**
 * No cell that the log writes is longer, in bytes. Whoever is at the database can make one so long that nothing has room for it, and whoever asked for it would
 * end: what is beyond is not asked for. A bundle's two bytes hold the length of a leaf.
 */
export const MOST_OF = {
  leaf: 0xffff,
  part: 0x40000,
  salt: 32,
  hash: 32,
  /** Of a full tile. */
  hashes: 256 * 32,
  /** A hash for each level that a tree can have. */
  frontier: 64 * 32,
  /** A kind, a class, a purpose, a code. */
  word: 64,
  /** A key, a checkpoint, a cosignature. */
  signed: 0x4000,
  /** What an auditor wrote. */
  review: 4 * LONGEST_NOTE,
} as const;

/**
 * SQL: a column of text or bytes, and nothing in the place of a cell that is longer than any that was written. Nothing is not what was written either, no
 * hash and no signature covers it, and it is found as a change is; null stays null.
 */
export function bounded(column: string, cell: keyof typeof MOST_OF): string {
  return `CASE WHEN octet_length(${column}) > ${MOST_OF[cell]} THEN '' ELSE ${column} END`;
}

/** SQL: the same of a column that the log never leaves empty. The database's owner can: nothing stands in its place then as well. */
export function filled(column: string, cell: keyof typeof MOST_OF): string {
  return `coalesce(${bounded(column, cell)}, '')`;
}

/** SQL: these parts of log_part `p` and their salts, by the names of their columns. */
export function saltedParts(...names: readonly ('actor' | 'subject' | 'context')[]): string {
  return names.map((part) => `${bounded(`p.${part}`, 'part')} AS ${part}, ${bounded(`p.${part}_salt`, 'salt')} AS ${part}_salt`).join(', ');
}

/** SQL: all of them. */
export const SALTED_PARTS = saltedParts('actor', 'subject', 'context');

/** SQL: the column, of that name, of log_entry `e`. */
export const LEAF = `${bounded('e.leaf', 'leaf')} AS leaf`;

/** SQL: the same of its kind. */
export const KIND = `${bounded('e.kind', 'word')} AS kind`;

/** SQL: a name of the log and a key, of log_origin or log_key. */
export const NAMED_KEY = `${filled('origin', 'signed')} AS origin, ${filled('vkey', 'signed')} AS vkey`;
