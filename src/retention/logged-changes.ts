import type { Context, Subject } from '../audit/entry-parts.js';
import { CHANGES_OF_FACTS } from '../audit/entry.js';
import { factsFromLog } from '../audit/intake-facts.js';
import { isCommitted } from '../audit/leaf.js';
import { LEAF, saltedParts } from '../audit/longest-cells.js';
import { NEWEST_FIRST, OLDEST_FIRST, WITH_PLACE } from '../audit/tree-order.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { LoggedChange } from './days-by-log.js';

interface Row {
  readonly intake_id: string;
  readonly site_id: string;
  readonly leaf: string;
  readonly subject: string | null;
  readonly subject_salt: Uint8Array;
  readonly context: string;
  readonly context_salt: Uint8Array;
}

/** An intake as its entries tell of it. */
export interface LoggedIntake {
  readonly siteId: string;
  /** Oldest first; one at least. */
  readonly changes: readonly LoggedChange[];
}

/** An entry whose parts are gone, or are not what its leaf commits to: of that intake the log can say nothing. */
export type LoggedIntakes = ReadonlyMap<string, LoggedIntake | 'changed'>;

const OF_INTAKE = `FROM log_entry e LEFT JOIN log_part p ON p.entry_id = e.id ${WITH_PLACE}
  WHERE e.intake_id = asked.id AND e.kind IN (${CHANGES_OF_FACTS.map((kind) => `'${kind}'`).join(', ')})`;

const COLUMNS = `e.intake_id, e.site_id, ${LEAF}, ${saltedParts('subject', 'context')}`;

/**
 * What the log says of these intakes; one that it has never heard of is left out. The database is attacker-controlled: parts are
 * believed only where the entry's leaf commits to them.
 * @param how `newest`: the last change alone; `all` of them
 */
export async function loggedIntakes(tx: RecordsTx, ids: readonly string[], how: 'newest' | 'all'): Promise<LoggedIntakes> {
  const end = how === 'newest' ? `ORDER BY ${NEWEST_FIRST} LIMIT 1` : `ORDER BY ${OLDEST_FIRST}`;
  const rows = await tx.query<Row>(
    `SELECT found.* FROM unnest($1::uuid[]) AS asked (id) CROSS JOIN LATERAL (SELECT ${COLUMNS} ${OF_INTAKE} ${end}) found`,
    [ids],
  );
  const found = new Map<string, { siteId: string; changes: LoggedChange[] } | 'changed'>();
  for (const row of rows) {
    const change = changeIn(row);
    const known = found.get(row.intake_id) ?? { siteId: row.site_id, changes: [] };
    if (!change || known === 'changed' || known.siteId !== row.site_id) found.set(row.intake_id, 'changed');
    else {
      known.changes.push(change);
      found.set(row.intake_id, known);
    }
  }
  return found;
}

function changeIn(row: Row): LoggedChange | undefined {
  if (row.subject === null) return undefined;
  const isWritten =
    isCommitted(row.leaf, 'context', { text: row.context, salt: row.context_salt }) &&
    isCommitted(row.leaf, 'subject', { text: row.subject, salt: row.subject_salt });
  if (!isWritten) return undefined;
  const { facts: logged, digests, lives } = JSON.parse(row.context) as Context;
  const { intake, classes } = JSON.parse(row.subject) as Subject;
  const facts = factsFromLog(logged);
  if (!facts || intake !== row.intake_id) return undefined;
  return { facts, sealed: digests && new Set(classes ?? []), ...(lives && { restored: new Map(Object.entries(lives) as [RetentionClass, Day][]) }) };
}
