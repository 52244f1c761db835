import type { RetentionClass } from '../catalogue/retention-class.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { EntryKind } from './entry.js';
import type { Context } from './entry-parts.js';

/** What an auditor asks to see: all of it must fit. Nothing asked is everything. */
export interface EntryFilter {
  readonly kinds?: readonly EntryKind[];
  /** Who did it. */
  readonly member?: string;
  readonly intake?: string;
  readonly class?: RetentionClass;
  /** A field's name as the log has it, without positions, or a group of them: `taxpayer`. */
  readonly field?: string;
  readonly purpose?: NonNullable<Context['purpose']>;
  /** From here on, and before there. */
  readonly from?: Date;
  readonly before?: Date;
  /** By number: an entry or several. */
  readonly ids?: readonly number[];
}

/** SQL over `e`, an entry, and `p`, its parts, which are null once pruned. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * Every part compares a column with a value by an operator that row security lets an index be used for.
 * @param known numbered parameters that stand before its own
 */
export async function conditionOf(tx: RecordsTx, filter: EntryFilter, known = 0): Promise<Condition> {
  const parameters: unknown[] = [];
  const as = (value: unknown): string => `$${known + parameters.push(value)}`;
  const parts: string[] = [];
  const { kinds, member, intake, purpose, from, before, ids } = filter;
  if (kinds) parts.push(`e.kind = ANY (${as(kinds)}::text[])`);
  if (member !== undefined) parts.push(`p.member = ${as(member)}::uuid`);
  if (purpose !== undefined) parts.push(`p.purpose = ${as(purpose)}`);
  if (from) parts.push(`e.at >= ${as(from)}::timestamptz`);
  if (before) parts.push(`e.at < ${as(before)}::timestamptz`);
  if (ids) parts.push(`e.id = ANY (${as(ids)}::bigint[])`);
  if (filter.class !== undefined || filter.field !== undefined) {
    parts.push(`p.named = ANY (${as(await listsNaming(tx, filter))}::uuid[])`);
  }
  if (intake !== undefined) {
    const it = `${as(intake)}::uuid`;
    parts.push(`e.id IN (SELECT id FROM log_entry WHERE intake_id = ${it} UNION ALL SELECT entry_id FROM log_part WHERE several IS NOT NULL AND ${it} = ANY (several))`);
  }
  return { sql: parts.length > 0 ? parts.join(' AND ') : 'true', parameters };
}

/** Which of the lists of classes and fields that entries name have this class and this field in them: the columns `named`. */
export async function listsNaming(tx: RecordsTx, { class: name, field }: Pick<EntryFilter, 'class' | 'field'>): Promise<readonly string[]> {
  const rows = await tx.query<{ named: string }>(
    `${LISTS} SELECT DISTINCT named FROM list
     WHERE ($1::text IS NULL OR subject::jsonb -> 'classes' ? $1)
       AND ($2::text IS NULL OR EXISTS (SELECT FROM jsonb_array_elements_text(subject::jsonb -> 'fields') AS f WHERE f = $2 OR starts_with(f, $2 || '.')))`,
    [name ?? null, field ?? null],
  );
  return rows.map(({ named }) => named);
}

/** One entry for each list, from index entry to index entry: a handful among all. Of the site, and of the whole organisation. */
const LISTS = `WITH RECURSIVE ${listsOf('here', 'site_id = current_site()')}, ${listsOf('everywhere', 'site_id IS NULL')},
  list AS (SELECT * FROM here UNION ALL SELECT * FROM everywhere)`;

function listsOf(name: string, place: string): string {
  const newest = (where: string) => `SELECT named, subject FROM log_part WHERE ${place} AND ${where} ORDER BY named, entry_id DESC LIMIT 1`;
  return `${name} AS ((${newest('named IS NOT NULL')}) UNION ALL SELECT next.* FROM ${name}, LATERAL (${newest(`named > ${name}.named`)}) AS next)`;
}
