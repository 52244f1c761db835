import type { RecordsDatabase } from '../../platform/records-database.js';
import { isCommitted } from '../leaf.js';
import { lockPruning, prunedPlaces } from '../prune-parts.js';
import { LEAF, saltedParts } from '../longest-cells.js';
import { IS_WRITE } from '../write-kinds.js';
import { ENTRY_TERMS } from './entry-terms.js';
import type { Finding } from './finding.js';
import { leafFields } from './leaf-fields.js';
import type { LogWalk } from './log-walk.js';
import { nearestNumber } from './nearest-number.js';

/** Ids looked at in one statement, or so many more that there are some rows among them. */
const RANGE = 1_000_000n;
const SOME = 1_000;
const LAST_ID = 2n ** 63n - 1n;
const MOST_NAMED = 100;

/** Each in one statement, so that what the sequencer does meanwhile is seen whole or not at all. */
const UNPLACED = `
  SELECT ${nearestNumber('e.id')} AS id FROM log_entry e
  WHERE e.id BETWEEN $1 AND $2 AND NOT EXISTS (SELECT FROM log_index i WHERE i.entry_id = e.id) AND NOT EXISTS (SELECT FROM log_pending p WHERE p.entry_id = e.id)
  ORDER BY e.id LIMIT ${MOST_NAMED}`;
const FOREIGN_PARTS = `
  SELECT ${nearestNumber('p.entry_id')} AS id FROM log_part p WHERE p.entry_id BETWEEN $1 AND $2 AND NOT EXISTS (SELECT FROM log_entry e WHERE e.id = p.entry_id)
  ORDER BY p.entry_id LIMIT ${MOST_NAMED}`;
/** What auditors find an entry by, and what it says. Parts that were changed are named already. */
const OTHER_FILTERS = `
  SELECT ${nearestNumber('t.entry_id')} AS id, ${nearestNumber('i.index')} AS index FROM log_index i JOIN ${ENTRY_TERMS} t ON t.entry_id = i.entry_id LEFT JOIN log_filter f ON f.entry_id = t.entry_id
  WHERE i.index = ANY ($1) AND (f.entry_id IS NULL OR (f.site_id, f.at, f.kind, f.intake_id, f.member, f.purpose, f.named, f.several)
    IS DISTINCT FROM (t.site_id, t.at, t.kind, t.intake_id, t.member, t.purpose, t.named, t.several))
  ORDER BY i.index LIMIT ${MOST_NAMED}`;
const FOREIGN_FILTERS = `
  SELECT ${nearestNumber('f.entry_id')} AS id FROM log_filter f
  WHERE f.entry_id BETWEEN $1 AND $2 AND NOT EXISTS (SELECT FROM log_index i JOIN log_entry e ON e.id = i.entry_id WHERE i.entry_id = f.entry_id)
  ORDER BY f.entry_id LIMIT ${MOST_NAMED}`;
/** Pruning takes nothing of an intake that still has a row, whatever its age: the first of a day that has no parts, as with others that are gone. */
const LIVING_WITHOUT_PARTS = `
  SELECT DISTINCT ON (date_trunc('day', e.at, 'UTC')) ${nearestNumber('e.id')} AS id, ${nearestNumber('i.index')} AS index FROM log_entry e JOIN log_index i ON i.entry_id = e.id
  WHERE e.id BETWEEN $1 AND $2 AND e.intake_id IS NOT NULL AND NOT EXISTS (SELECT FROM log_part p WHERE p.entry_id = e.id)
    AND EXISTS (SELECT FROM intake k WHERE k.id = e.intake_id)
  ORDER BY date_trunc('day', e.at, 'UTC'), i.index LIMIT ${MOST_NAMED}`;
/**
 * Opening and lists take the entries of an intake in the order of their ids. Two writes of one intake never overlap, so that their ids and their
 * places in the tree are of one order: who exchanges ids makes an older write the newest.
 */
const RENUMBERED = `
  SELECT ${nearestNumber('id')} AS id, ${nearestNumber('index')} AS index FROM (
    SELECT e.id, i.index, min(i.index) OVER (PARTITION BY e.intake_id ORDER BY e.id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS later
    FROM log_entry e JOIN log_index i ON i.entry_id = e.id
    WHERE e.intake_id IS NOT NULL AND ${IS_WRITE}) w
  WHERE index > later ORDER BY index LIMIT ${MOST_NAMED}`;
const PENDING = `
  SELECT ${nearestNumber('p.entry_id')} AS id, e.leaf IS NOT NULL AS there, ${nearestNumber('i.index')} AS index,
    row_number() OVER (PARTITION BY p.entry_id) > 1 AS again FROM log_pending p LEFT JOIN log_entry e ON e.id = p.entry_id LEFT JOIN log_index i ON i.entry_id = p.entry_id
  ORDER BY p.entry_id`;
/** What came after the tree that was gone through. Who prunes waits for one another: their entries are in the order of their ids. */
const LATER = `
  SELECT ${LEAF}, ${saltedParts('context')} FROM log_entry e LEFT JOIN log_part p ON p.entry_id = e.id AND e.kind = 'log.pruned'
  WHERE e.leaf IS NOT NULL AND e.id IN (SELECT entry_id FROM log_pending UNION ALL SELECT entry_id FROM log_index WHERE index >= $1) ORDER BY e.id`;

interface LaterRow {
  readonly leaf: string;
  /** Null, as its salt, of all that tell of no pruning. */
  readonly context: string | null;
  readonly context_salt: Buffer | null;
}

interface PendingRow {
  readonly id: number;
  readonly there: boolean;
  readonly index: number | null;
  /** Where the same entry waits twice: the other one. */
  readonly again: boolean;
}

/** What came after the tree that was gone through, and what waits to. @returns how many entries wait for their place */
export async function lookBeside(records: RecordsDatabase, walk: LogWalk): Promise<number> {
  await records.acrossSites(async (tx) => {
    await lockPruning(tx);
    for (const row of await tx.query<LaterRow>(LATER, [walk.size])) heedLater(row, walk);
    const bundles = walk.prunedPlaces.otherwise();
    walk.prunedPlaces.look(bundles, await prunedPlaces(tx, bundles));
  });
  const pending = await records.acrossSites((tx) => tx.query<PendingRow>(PENDING));
  walk.findings.addAll(
    pending.flatMap(({ id, there, index, again }): Finding[] => {
      if (!there) return [{ kind: 'pending-without-entry', entryId: id }];
      if (index !== null) return [{ kind: 'pending-again', entryId: id, index }];
      return again ? [{ kind: 'pending-again', entryId: id }] : [];
    }),
  );
  return pending.length;
}

function heedLater({ leaf, context, context_salt: salt }: LaterRow, walk: LogWalk): void {
  const fields = leafFields(leaf);
  if (!fields) return;
  walk.alsoWritten(fields.epoch, Number(fields.counter), fields.voided);
  const isPruning = fields.kind === 'log.pruned' && context !== null && salt !== null;
  if (isPruning && isCommitted(leaf, 'context', { text: context, salt })) walk.alsoPruned(fields.time, context);
}

/** What the tree does not show. */
export interface Strays {
  /** Entries that have no place in it and do not wait for one. */
  readonly unplaced: readonly FoundRow[];
  /** Parts of no entry. */
  readonly parts: readonly FoundRow[];
  /** What auditors would find no entry by. */
  readonly filters: readonly FoundRow[];
  /** Entries without parts of intakes that are still there. */
  readonly withoutParts: readonly FoundRow[];
  /** Writes of an intake whose ids are not in the order of the tree. */
  readonly renumbered: readonly FoundRow[];
}

/** Rows of no id, which only the table's owner can have put there: lists that join nothing count them, and some orders have them first. */
const withoutId = (table: string, column: string): string => `SELECT ${column} AS id FROM ${table} WHERE ${column} IS NULL LIMIT 1`;

/** Goes through all of it, which can be done while something else goes through the log. */
export async function findStrays(records: RecordsDatabase): Promise<Strays> {
  const all = async (table: string, column: string, sql: string): Promise<readonly FoundRow[]> => {
    const found: FoundRow[] = [];
    await inRanges(records, table, column, sql, (row) => found.push(row));
    return found;
  };
  const numberless = (table: string, column: string): Promise<readonly FoundRow[]> => records.acrossSites((tx) => tx.query<FoundRow>(withoutId(table, column)));
  return {
    unplaced: [...(await all('log_entry', 'id', UNPLACED)), ...(await numberless('log_entry', 'id'))],
    parts: [...(await all('log_part', 'entry_id', FOREIGN_PARTS)), ...(await numberless('log_part', 'entry_id'))],
    filters: [...(await all('log_filter', 'entry_id', FOREIGN_FILTERS)), ...(await numberless('log_filter', 'entry_id'))],
    withoutParts: await all('log_entry', 'id', LIVING_WITHOUT_PARTS),
    renumbered: await records.acrossSites((tx) => tx.query<FoundRow>(RENUMBERED)),
  };
}

/** Which of these entries auditors find by something else than they say. */
export class OtherFilters {
  readonly changed: FoundRow[] = [];

  constructor(private readonly records: RecordsDatabase) {}

  /** @param indexes of those that are not surely filed */
  async decide(indexes: readonly number[]): Promise<void> {
    if (indexes.length === 0 || this.changed.length >= MOST_NAMED) return;
    this.changed.push(...(await this.records.acrossSites((tx) => tx.query<FoundRow>(OTHER_FILTERS, [indexes]))));
  }
}

/** To be called last: of an entry of which something is found already its filter is nothing new. */
export function nameStrays({ unplaced, parts, filters, withoutParts, renumbered }: Strays, { changed }: OtherFilters, { findings }: LogWalk): void {
  const named = new Set(findings.kept.map(({ index }) => index));
  for (const { id } of unplaced) findings.add({ kind: 'never-sequenced', entryId: id });
  for (const { id } of parts) findings.add({ kind: 'parts-without-entry', entryId: id });
  for (const { id, index } of withoutParts) if (!named.has(index)) findings.add({ kind: 'parts-gone', entryId: id, index: index! });
  for (const { id, index } of renumbered) if (!named.has(index)) findings.add({ kind: 'renumbered', entryId: id, index: index! });
  for (const { id, index } of changed) if (!named.has(index)) findings.add({ kind: 'filter-changed', entryId: id, index: index! });
  for (const { id } of filters) findings.add({ kind: 'filter-without-entry', entryId: id });
}

interface FoundRow {
  readonly id: number;
  readonly index?: number;
}

/** Through all ids that are there, however far apart somebody has put them. */
async function inRanges(records: RecordsDatabase, table: string, column: string, sql: string, found: (row: FoundRow) => void): Promise<void> {
  const rowFrom = async (from: bigint, offset: number): Promise<bigint | undefined> => {
    const [row] = await records.acrossSites((tx) => tx.query<{ place: string }>(`SELECT ${column}::text AS place FROM ${table} WHERE ${column} >= $1 ORDER BY ${column} OFFSET ${offset} LIMIT 1`, [from]));
    return row && BigInt(row.place);
  };
  for (let from = await rowFrom(-LAST_ID - 1n, 0); from !== undefined; ) {
    const later = (await rowFrom(from, SOME)) ?? LAST_ID;
    const end = from + RANGE > later ? from + RANGE : later;
    const to = end < LAST_ID ? end : LAST_ID;
    const rows = await records.acrossSites((tx) => tx.query<FoundRow>(sql, [from, to]));
    rows.forEach(found);
    from = to < LAST_ID ? await rowFrom(to + 1n, 0) : undefined;
  }
}
