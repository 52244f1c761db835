import type { RecordsTx } from '../../platform/records-tx.js';
import { hashText, type HashText } from '../growing-tree.js';
import type { DisclosedPart } from './entry-damage.js';
import type { WalkedEntry } from './log-walk.js';
import { hashInTile, leafTiles } from './stored-tiles.js';

/** Entries of one statement: 256 times a power of two, so that tiles begin where pages do. */
export const PAGE = 1_024;

/** Columns put together where PostgreSQL does it faster than the driver takes them apart. */
interface Row {
  readonly index: number;
  readonly entry_id: number;
  readonly leaf_hash: Buffer;
  readonly leaf: string | null;
  readonly head: string;
  readonly filed: string;
  readonly actor: string | null;
  readonly actor_salt: string;
  readonly subject: string | null;
  readonly subject_salt: string;
  readonly context: string | null;
  readonly context_salt: string;
}

const STORED = `
  SELECT i.index, i.entry_id, i.leaf_hash, e.leaf,
    e.kind || ' ' || (e.at AT TIME ZONE 'UTC') || ' ' || e.epoch || ' ' || e.counter AS head, concat(e.site_id, ' ', e.intake_id) AS filed,
    p.actor, encode(p.actor_salt, 'hex') AS actor_salt, p.subject, encode(p.subject_salt, 'hex') AS subject_salt,
    p.context, encode(p.context_salt, 'hex') AS context_salt
  FROM log_index i LEFT JOIN log_entry e ON e.id = i.entry_id LEFT JOIN log_part p ON p.entry_id = e.id
  WHERE i.index >= $1 AND i.index < $2 ORDER BY i.index`;

/** A page is a small part of three tables: going through all of one for each page takes time by the square of the log. */
const BY_THEIR_KEYS = 'SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off';

/** The entries of a page, one for every index: what is gone is said to be. @param tx of a job */
export async function storedPage(tx: RecordsTx, from: number, to: number): Promise<readonly WalkedEntry[]> {
  await tx.query(BY_THEIR_KEYS);
  const rows = await tx.query<Row>(STORED, [from, to]);
  const tiles = await leafTiles(tx, from, to);
  let next = 0;
  return Array.from({ length: to - from }, (_, at) => {
    const tile = hashInTile(tiles, from + at);
    return rows[next]?.index === from + at ? walked(rows[next++]!, tile) : gone(from + at, tile);
  });
}

function walked(row: Row, tile: HashText | undefined): WalkedEntry {
  return {
    index: row.index,
    entryId: row.entry_id,
    leaf: row.leaf ?? undefined,
    row: hashText(row.leaf_hash),
    tile,
    parts: { actor: part(row.actor, row.actor_salt), subject: part(row.subject, row.subject_salt), context: part(row.context, row.context_salt) },
    columns: row.leaf === null ? undefined : { head: row.head, filed: row.filed },
  };
}

function gone(index: number, tile: HashText | undefined): WalkedEntry {
  return { index, entryId: undefined, leaf: undefined, row: undefined, tile, parts: NO_PARTS, columns: undefined };
}

const NO_PARTS = { actor: undefined, subject: undefined, context: undefined };

function part(text: string | null, salt: string): DisclosedPart | undefined {
  return text === null ? undefined : { text, salt };
}
