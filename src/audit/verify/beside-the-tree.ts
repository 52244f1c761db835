import type { RecordsDatabase } from '../../platform/records-database.js';
import type { Finding } from './finding.js';
import { leafFields } from './leaf-fields.js';
import type { LogWalk } from './log-walk.js';

/** Ids looked at in one statement. */
const RANGE = 1_000_000;
const MOST_NAMED = 100;

/** Each in one statement, so that what the sequencer does meanwhile is seen whole or not at all. */
const UNPLACED = `
  SELECT e.id FROM log_entry e
  WHERE e.id >= $1 AND e.id < $2 AND NOT EXISTS (SELECT FROM log_index i WHERE i.entry_id = e.id) AND NOT EXISTS (SELECT FROM log_pending p WHERE p.entry_id = e.id)
  ORDER BY e.id LIMIT ${MOST_NAMED}`;
const FOREIGN_PARTS = `
  SELECT p.entry_id AS id FROM log_part p WHERE p.entry_id >= $1 AND p.entry_id < $2 AND NOT EXISTS (SELECT FROM log_entry e WHERE e.id = p.entry_id)
  ORDER BY p.entry_id LIMIT ${MOST_NAMED}`;
const PENDING = `
  SELECT p.entry_id AS id, e.id IS NOT NULL AS there, i.index FROM log_pending p LEFT JOIN log_entry e ON e.id = p.entry_id LEFT JOIN log_index i ON i.entry_id = p.entry_id
  ORDER BY p.entry_id`;
/** What came after the tree that was gone through. */
const LATER = `
  SELECT leaf FROM log_entry WHERE id IN (SELECT entry_id FROM log_pending UNION ALL SELECT entry_id FROM log_index WHERE index >= $1)`;

/** What the tree does not show: entries that have no place in it, and parts that have no entry. @returns how many wait for their place */
export async function lookBeside(records: RecordsDatabase, walk: LogWalk): Promise<number> {
  const later = await records.acrossSites((tx) => tx.query<{ leaf: string }>(LATER, [walk.size]));
  for (const { leaf } of later) {
    const fields = leafFields(leaf);
    if (fields) walk.alsoWritten(fields.epoch, Number(fields.counter), fields.voided);
  }
  const pending = await records.acrossSites((tx) => tx.query<{ id: number; there: boolean; index: number | null }>(PENDING));
  walk.findings.add(
    ...pending.flatMap(({ id, there, index }): Finding[] => {
      if (!there) return [{ kind: 'pending-without-entry', entryId: id }];
      return index === null ? [] : [{ kind: 'pending-again', entryId: id, index }];
    }),
  );
  await inRanges(records, 'log_entry', 'id', UNPLACED, (entryId) => walk.findings.add({ kind: 'never-sequenced', entryId }));
  await inRanges(records, 'log_part', 'entry_id', FOREIGN_PARTS, (entryId) => walk.findings.add({ kind: 'parts-without-entry', entryId }));
  return pending.length;
}

async function inRanges(records: RecordsDatabase, table: string, column: string, sql: string, found: (id: number) => void): Promise<void> {
  const [{ least, most }] = (await records.acrossSites((tx) => tx.query(`SELECT coalesce(min(${column}), 0) AS least, coalesce(max(${column}), -1) AS most FROM ${table}`))) as [{ least: number; most: number }];
  for (let from = least; from <= most; from += RANGE) {
    const rows = await records.acrossSites((tx) => tx.query<{ id: number }>(sql, [from, from + RANGE]));
    for (const { id } of rows) found(id);
  }
}
