import { CopiedRows } from '../../platform/copied-rows.js';
import type { GrowingBytes } from '../../platform/growing-bytes.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import type { HashText } from '../growing-tree.js';
import { NO_PARTS } from './disclosed-parts.js';
import type { WalkedEntry } from './log-walk.js';
import { COLUMNS, COLUMNS_AND_FILTER, StoredEntryCells } from './stored-entry-cells.js';
import { hashInTile, leafTiles } from './stored-tiles.js';

/** Entries of one statement: 256 times a power of two, so that tiles begin where pages do. */
export const PAGE = 4_096;

/**
 * A page is a small part of three tables: going through all of one for each page takes time by the square of the log, and so does going
 * through a page of one table for each row of another. Merged by their ids, rows are sent as they are found, and nothing wide is hashed or sorted.
 */
const BY_THEIR_KEYS = ['seqscan', 'nestloop', 'hashjoin'].map((way) => `SET LOCAL enable_${way} = off`).join('; ');
const BY_UTC = `SET LOCAL TimeZone = 'UTC'`;

/** Ids for each entry of a page that it still goes through as a span: some are of entries of other pages, or of none. */
const WIDEST = 4;

/** The entries of a page, one for every index: what is gone is said to be. */
export interface StoredPage {
  readonly from: number;
  readonly to: number;
  readonly rows: GrowingBytes;
  readonly columns: number;
  readonly tiles: ReadonlyMap<number, HashText>;
}

/** With what the tiles have, and whether they are surely filed as they say. @param tx of a job. @param rows room for them, cleared before */
export async function readPage(tx: RecordsTx, from: number, to: number, rows: GrowingBytes): Promise<StoredPage> {
  const tiles = await leafTiles(tx, from, to);
  return { ...(await readRows(tx, from, to, rows, COLUMNS_AND_FILTER)), tiles };
}

/** The entries alone. */
export function readEntries(tx: RecordsTx, from: number, to: number, rows: GrowingBytes): Promise<StoredPage> {
  return readRows(tx, from, to, rows, COLUMNS);
}

async function readRows(tx: RecordsTx, from: number, to: number, rows: GrowingBytes, columns: readonly string[]): Promise<StoredPage> {
  rows.clear();
  await tx.query(`${BY_THEIR_KEYS}; ${BY_UTC}`);
  await tx.copy(stored(from, to, await idsIn(tx, from, to), columns), rows);
  return { from, to, rows, columns: columns.length, tiles: NO_TILES };
}

const NO_TILES: ReadonlyMap<number, HashText> = new Map();

/** @param isTwice told of an index that has several rows, where the database's owner took away what refuses that: one of them is gone through */
export function* entriesOf({ from, to, rows, columns, tiles }: StoredPage, isTwice: (index: number) => void): Iterable<WalkedEntry> {
  const cells = new CopiedRows(rows.bytes, columns);
  const entry = new StoredEntryCells(cells);
  const inTurn = new RowsInTurn(cells, entry, isTwice);
  for (let index = from; index < to; index++) {
    const tile = hashInTile(tiles, index);
    yield inTurn.goTo(index) ? entry.at(tile) : gone(index, tile);
  }
  inTurn.end(to);
}

/** Rows come by their ids, and are wanted by their indexes: the same order, but where somebody committed late or a row is gone. From there on it is known where each stands. */
class RowsInTurn {
  #places: Map<number, number> | undefined;

  constructor(
    private readonly cells: CopiedRows,
    private readonly entry: StoredEntryCells,
    private readonly isTwice: (index: number) => void,
  ) {}

  /** @param index one more each time. @returns false where there is no row of it */
  goTo(index: number): boolean {
    if (!this.#places) {
      if (!this.cells.next()) return false;
      if (this.entry.index === index) return true;
      this.#places = this.rest(index);
    }
    const place = this.#places.get(index);
    if (place !== undefined) this.cells.goTo(place);
    return place !== undefined;
  }

  /** @param wanted one more than the last index */
  end(wanted: number): void {
    if (!this.#places && this.cells.next()) this.rest(wanted);
  }

  /** From the row on that is not of the index wanted. */
  private rest(wanted: number): Map<number, number> {
    const places = new Map<number, number>();
    do {
      const { index } = this.entry;
      if (index < wanted || places.has(index)) this.isTwice(index);
      else places.set(index, this.cells.place);
    } while (this.cells.next());
    return places;
  }
}

/**
 * How to find the entries of a page by their ids. They come in almost one after the other, and PostgreSQL knows how many rows such a span has.
 * A list of ids it takes for ten.
 */
async function idsIn(tx: RecordsTx, from: number, to: number): Promise<(column: string) => string> {
  const [span] = await tx.query<{ first: string | null; last: string | null }>(
    // Without OFFSET it would look for the least id of all, and go from there to one of the page.
    'SELECT min(id)::text AS first, max(id)::text AS last FROM (SELECT entry_id AS id FROM log_index WHERE index >= $1 AND index < $2 OFFSET 0) i',
    [from, to],
  );
  const [first, last] = [BigInt(span?.first ?? 0), BigInt(span?.last ?? 0)];
  if (last - first < BigInt(WIDEST * (to - from))) return (column) => `${column} BETWEEN ${first} AND ${last}`;
  return (column) => `${column} = ANY (ARRAY(SELECT entry_id FROM log_index WHERE index >= ${from} AND index < ${to}))`;
}

function stored(from: number, to: number, isAmong: (column: string) => string, columns: readonly string[]): string {
  const filters = columns === COLUMNS ? '' : `LEFT JOIN (SELECT * FROM log_filter WHERE ${isAmong('entry_id')}) f ON f.entry_id = i.entry_id`;
  return `
    SELECT ${columns.join(', ')} FROM (SELECT index, entry_id, leaf_hash FROM log_index WHERE index >= ${from} AND index < ${to}) i
    LEFT JOIN (SELECT * FROM log_entry WHERE ${isAmong('id')}) e ON e.id = i.entry_id
    LEFT JOIN (SELECT * FROM log_part WHERE ${isAmong('entry_id')}) p ON p.entry_id = i.entry_id ${filters}
    ORDER BY i.entry_id`;
}

function gone(index: number, tile: HashText | undefined): WalkedEntry {
  return { index, entryId: undefined, leaf: undefined, hash: undefined, row: undefined, tile, parts: NO_PARTS, columns: undefined };
}
