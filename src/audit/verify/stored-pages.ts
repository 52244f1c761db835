import { CopiedRows } from '../../platform/copied-rows.js';
import type { GrowingBytes } from '../../platform/growing-bytes.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import type { HashText } from '../growing-tree.js';
import { NO_PARTS } from './disclosed-parts.js';
import type { WalkedEntry } from './log-walk.js';
import { COLUMNS, StoredEntryCells } from './stored-entry-cells.js';
import { hashInTile, leafTiles } from './stored-tiles.js';

/** Entries of one statement: 256 times a power of two, so that tiles begin where pages do. */
export const PAGE = 4_096;

/**
 * A page is a small part of three tables: going through all of one for each page takes time by the square of the log, and so does going
 * through a page of one table for each row of another.
 */
const BY_THEIR_KEYS = 'SET LOCAL enable_seqscan = off; SET LOCAL enable_nestloop = off';

/** The entries of a page, one for every index: what is gone is said to be. */
export interface StoredPage {
  readonly from: number;
  readonly to: number;
  readonly rows: GrowingBytes;
  readonly tiles: ReadonlyMap<number, HashText>;
}

/** @param tx of a job. @param rows room for them, cleared before */
export async function readPage(tx: RecordsTx, from: number, to: number, rows: GrowingBytes): Promise<StoredPage> {
  const tiles = await leafTiles(tx, from, to);
  return { ...(await readEntries(tx, from, to, rows)), tiles };
}

/** The same without what the tiles have. */
export async function readEntries(tx: RecordsTx, from: number, to: number, rows: GrowingBytes): Promise<StoredPage> {
  rows.clear();
  await tx.query(BY_THEIR_KEYS);
  await tx.copy(stored(from, to), rows);
  return { from, to, rows, tiles: NO_TILES };
}

const NO_TILES: ReadonlyMap<number, HashText> = new Map();

export function* entriesOf({ from, to, rows, tiles }: StoredPage): Iterable<WalkedEntry> {
  const cells = new CopiedRows(rows.bytes, COLUMNS.length);
  const entry = new StoredEntryCells(cells);
  let isThere = cells.next();
  for (let index = from; index < to; index++) {
    const tile = hashInTile(tiles, index);
    if (isThere && entry.index === index) {
      yield entry.at(tile);
      isThere = cells.next();
    } else yield gone(index, tile);
  }
}

function stored(from: number, to: number): string {
  const places = `SELECT index, entry_id, leaf_hash FROM log_index WHERE index >= ${from} AND index < ${to}`;
  const ids = `ARRAY(SELECT entry_id FROM log_index WHERE index >= ${from} AND index < ${to})`;
  return `
    SELECT ${COLUMNS.join(', ')} FROM (${places}) i
    LEFT JOIN (SELECT * FROM log_entry WHERE id = ANY (${ids})) e ON e.id = i.entry_id
    LEFT JOIN (SELECT * FROM log_part WHERE entry_id = ANY (${ids})) p ON p.entry_id = e.id
    ORDER BY i.index`;
}

function gone(index: number, tile: HashText | undefined): WalkedEntry {
  return { index, entryId: undefined, leaf: undefined, hash: undefined, row: undefined, tile, parts: NO_PARTS, columns: undefined };
}
