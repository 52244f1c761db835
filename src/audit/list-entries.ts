import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import type { EntryKind } from './entry.js';
import { conditionOf, LISTED_APART, type EntryFilter } from './entry-filter.js';
import { KIND, LEAF, SALTED_PARTS } from './longest-cells.js';
import { openStoredParts, type Damage, type OpenedEntry, type StoredParts } from './stored-parts.js';

const PAGE = 50;

/** Written, in the tree, or in a tree that was signed and shown to others. */
export type EntryState =
  | { readonly state: 'pending' }
  | { readonly state: 'integrated' | 'published'; readonly index: number };

export interface ListedEntry {
  readonly id: number;
  readonly kind: EntryKind;
  readonly at: Date;
  /** The site it is filed under; absent where it is the whole organisation's. */
  readonly site?: string;
  /** Undefined once pruned: the entry stays in the tree and says no more than its kind and time. A damaged part is left out. */
  readonly parts: OpenedEntry['parts'];
  /** What is not as it was written, as the leaf tells; absent when there is nothing. */
  readonly damaged?: readonly Damage[];
  readonly place: EntryState;
}

/** With what ties it to the tree: its leaf, and the salts that open the leaf's commitments to the parts. Undefined as those are. */
export interface ProvableEntry extends ListedEntry {
  readonly leaf: string;
  readonly salts: { readonly actor: Buffer; readonly subject: Buffer; readonly context: Buffer } | undefined;
}

export interface EntryPage {
  readonly entries: readonly ProvableEntry[];
  /** Hand it back for the next page; absent on the last. */
  readonly next?: string;
}

interface Row extends StoredParts {
  readonly id: number;
  readonly site_id: string | null;
  readonly index: number | null;
  readonly published: number;
}

/**
 * The log for those who check it, newest first, fifty a page. Which sites' entries are seen is the transaction's matter.
 * The caller logs the reading (`log.read`) in the same transaction.
 * @throws Refusal INVALID_INPUT for a cursor that is not one
 */
export async function listEntries(tx: RecordsTx, filter: EntryFilter = {}, cursor?: string): Promise<EntryPage> {
  const rows = await readRows(tx, filter, cursorValue(cursor), PAGE + 1);
  const entries = rows.map(provable);
  return entries.length > PAGE ? { entries: entries.slice(0, PAGE), next: String(entries[PAGE - 1]!.id) } : { entries };
}

/** The newest so many of them, of those before an entry if one is named. */
export async function readEntries(tx: RecordsTx, filter: EntryFilter, beforeId: number | null, most: number): Promise<readonly ListedEntry[]> {
  return (await readRows(tx, filter, beforeId, most)).map(listed);
}

async function readRows(tx: RecordsTx, filter: EntryFilter, beforeId: number | null, most: number): Promise<readonly Row[]> {
  const { sql, parameters } = await conditionOf(tx, filter, 2);
  const newest = LISTED_APART.map((from) => `(SELECT f.entry_id FROM ${from} AND ($1::bigint IS NULL OR f.entry_id < $1) AND ${sql} ORDER BY f.entry_id DESC LIMIT $2)`);
  return tx.query<Row>(
    `SELECT e.id, e.site_id, ${KIND}, e.at, ${LEAF}, ${SALTED_PARTS}, i.index,
       (SELECT coalesce(max(size), 0) FROM log_checkpoint
        WHERE origin = (SELECT origin FROM log_origin ORDER BY number DESC LIMIT 1)) AS published
     FROM (SELECT entry_id FROM (${newest.join(' UNION ALL ')}) AS every ORDER BY entry_id DESC LIMIT $2) AS found
     JOIN log_entry e ON e.id = found.entry_id LEFT JOIN log_part p ON p.entry_id = e.id LEFT JOIN log_index i ON i.entry_id = e.id
     ORDER BY e.id DESC`,
    [beforeId, most, ...parameters],
  );
}

function provable(row: Row): ProvableEntry {
  const { leaf, actor_salt: actor, subject_salt: subject, context_salt: context } = row;
  return { ...listed(row), leaf, salts: actor && subject && context ? { actor, subject, context } : undefined };
}

function listed(row: Row): ListedEntry {
  const { kind, at, parts, damaged } = openStoredParts(row);
  return {
    ...{ id: row.id, kind, at, parts, place: placeOf(row.index, row.published) },
    ...(row.site_id === null ? {} : { site: row.site_id }),
    ...(damaged.length === 0 ? {} : { damaged }),
  };
}

function placeOf(index: number | null, published: number): EntryState {
  if (index === null) return { state: 'pending' };
  return { state: index < published ? 'published' : 'integrated', index };
}

function cursorValue(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  if (!/^\d{1,15}$/.test(cursor)) throw new Refusal('INVALID_INPUT', 'This is not a page of the log.', { fields: ['cursor'] });
  return Number(cursor);
}
