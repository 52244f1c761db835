import type { RecordsTx } from '../platform/records-tx.js';
import type { EntryKind } from './entry.js';
import type { Actor, Context, Subject } from './entry-parts.js';
import { commitment } from './leaf.js';
import { LEAF, SALTED_PARTS } from './longest-cells.js';
import { OLDEST_FIRST, WITH_PLACE } from './tree-order.js';

/** The readable parts of an entry, as they were written. */
export interface WrittenParts {
  readonly actor: Actor;
  readonly subject: Subject;
  readonly context: Context;
}

interface Row {
  readonly leaf: string;
  readonly actor: string | null;
  readonly actor_salt: Buffer;
  readonly subject: string;
  readonly subject_salt: Buffer;
  readonly context: string;
  readonly context_salt: Buffer;
}

const PARTS = ['actor', 'subject', 'context'] as const;

/**
 * What a site's entries of one kind say, integrated or still pending, oldest first by the tree.
 * The database is attacker-controlled: parts are believed only where the entry's leaf commits to them. A leaf rewritten
 * together with its parts passes here, and is found by whoever verifies the log.
 * @returns undefined in the place of an entry whose parts were pruned or changed
 */
export async function partsOfSite(tx: RecordsTx, siteId: string, kind: EntryKind): Promise<readonly (WrittenParts | undefined)[]> {
  return written(await tx.query<Row>(`${ofKind(kind)} AND e.site_id = $1 ORDER BY ${OLDEST_FIRST}`, [siteId]));
}

/** The same of every site, and of what has none. For jobs. */
export async function entriesOfKind(tx: RecordsTx, kind: EntryKind): Promise<readonly (WrittenParts | undefined)[]> {
  return written(await tx.query<Row>(`${ofKind(kind)} ORDER BY ${OLDEST_FIRST}`));
}

/** The kind as text, so that an index of some kinds alone can be used. */
function ofKind(kind: EntryKind): string {
  return `SELECT ${LEAF}, ${SALTED_PARTS}
    FROM log_entry e LEFT JOIN log_part p ON p.entry_id = e.id ${WITH_PLACE} WHERE e.kind = '${kind}'`;
}

function written(rows: readonly Row[]): readonly (WrittenParts | undefined)[] {
  return rows.map((row) => (row.actor !== null && isWritten(row) ? partsOf(row) : undefined));
}

/** What cannot be read at all was changed as well. */
function isWritten(row: Row): boolean {
  try {
    const leaf = JSON.parse(row.leaf) as Readonly<Record<string, unknown>>;
    return PARTS.every((name) => commitment({ text: row[name]!, salt: row[`${name}_salt`] }) === leaf[name]);
  } catch {
    return false;
  }
}

function partsOf(row: Row): WrittenParts {
  return { actor: JSON.parse(row.actor!), subject: JSON.parse(row.subject), context: JSON.parse(row.context) } as WrittenParts;
}
