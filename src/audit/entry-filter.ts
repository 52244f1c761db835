import type { RetentionClass } from '../catalogue/retention-class.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { EntryKind } from './entry.js';
import type { Context } from './entry-parts.js';
import { partAsJson } from './part-as-json.js';

/** What an auditor asks to see: all of it must fit. Nothing asked is everything. */
export interface EntryFilter {
  readonly kinds?: readonly EntryKind[];
  /** Who did it. */
  readonly member?: string;
  readonly intake?: string;
  /** Names one of these. */
  readonly classes?: readonly RetentionClass[];
  /** A field's name as the log has it, without positions, or a group of them: `taxpayer`. */
  readonly field?: string;
  readonly purpose?: NonNullable<Context['purpose']>;
  /** From here on, and before there. */
  readonly from?: Date;
  readonly before?: Date;
  /** By number: an entry or several. */
  readonly ids?: readonly number[];
}

/** SQL over `f`, one of `LISTED`. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Entries that have no place in the tree yet: the sequencer files what they are found by as it gives them one. A handful, each looked up by its id. */
export const PENDING = 'log_pending q, LATERAL (SELECT * FROM log_entry_terms WHERE entry_id = q.entry_id OFFSET 0) AS t';

/** SQL, to follow FROM: what each entry is found by, as `f`. What is taken from parts is null once they are pruned. */
export const LISTED = `(
  SELECT entry_id, site_id, at, kind, intake_id, member, purpose, named, several FROM log_filter
  UNION ALL SELECT t.* FROM ${PENDING}) AS f`;

/**
 * The same in three pieces, each to follow FROM and to be followed by AND: the site's, the whole organisation's, and what waits. Row security
 * says the first two in one condition, for which no index is used.
 */
export const LISTED_APART = [
  'log_filter AS f WHERE f.site_id = current_site()',
  'log_filter AS f WHERE f.site_id IS NULL',
  `(SELECT t.* FROM ${PENDING}) AS f WHERE true`,
];

/**
 * Every part compares a column with a value by an operator that row security lets an index be used for.
 * @param known numbered parameters that stand before its own
 */
export async function conditionOf(tx: RecordsTx, filter: EntryFilter, known = 0): Promise<Condition> {
  const parameters: unknown[] = [];
  const as = (value: unknown): string => `$${known + parameters.push(value)}`;
  const parts: string[] = [];
  const { kinds, member, intake, purpose, from, before, ids } = filter;
  if (kinds) parts.push(`f.kind = ANY (${as(kinds)}::text[])`);
  if (member !== undefined) parts.push(`f.member = ${as(member)}::uuid`);
  if (purpose !== undefined) parts.push(`f.purpose = ${as(purpose)}`);
  if (from) parts.push(`f.at >= ${as(from)}::timestamptz`);
  if (before) parts.push(`f.at < ${as(before)}::timestamptz`);
  if (ids) parts.push(`f.entry_id = ANY (${as(ids)}::bigint[])`);
  if (filter.classes !== undefined || filter.field !== undefined) {
    parts.push(`f.named = ANY (${as(await listsNaming(tx, filter))}::uuid[])`);
  }
  if (intake !== undefined) {
    const it = `${as(intake)}::uuid`;
    parts.push(`f.entry_id = ANY (ARRAY(
      SELECT entry_id FROM log_filter WHERE intake_id = ${it} UNION ALL SELECT entry_id FROM log_filter WHERE several IS NOT NULL AND ${it} = ANY (several)
      UNION ALL SELECT t.entry_id FROM ${PENDING} WHERE t.intake_id = ${it} OR ${it} = ANY (t.several)))`);
  }
  return { sql: parts.length > 0 ? parts.join(' AND ') : 'true', parameters };
}

/** Which of the lists of classes and fields that entries name have one of these classes and this field in them: the columns `named`. */
export async function listsNaming(tx: RecordsTx, { classes, field }: Pick<EntryFilter, 'classes' | 'field'>): Promise<readonly string[]> {
  const rows = await tx.query<{ named: string }>(
    `${LISTS} SELECT DISTINCT named FROM list
     WHERE ($1::text[] IS NULL OR subject -> 'classes' ?| $1)
       AND ($2::text IS NULL OR EXISTS (
         SELECT FROM jsonb_array_elements_text(CASE jsonb_typeof(subject -> 'fields') WHEN 'array' THEN subject -> 'fields' ELSE '[]' END) AS f WHERE f = $2 OR starts_with(f, $2 || '.')))`,
    [classes ?? null, field ?? null],
  );
  return rows.map(({ named }) => named);
}

/**
 * The newest entry of each list whose subject still is what it was filed by, from index entry to index entry: a handful among all. Of the
 * site, of the whole organisation, and of what is not filed yet.
 */
const LISTS = `WITH RECURSIVE ${listsOf('here', 'f.site_id = current_site()')}, ${listsOf('everywhere', 'f.site_id IS NULL')},
  list AS MATERIALIZED (
    SELECT named, ${partAsJson('subject')} AS subject FROM (
      SELECT named, subject FROM here UNION ALL SELECT named, subject FROM everywhere
      UNION ALL SELECT t.named, p.subject FROM ${PENDING} JOIN log_part p ON p.entry_id = t.entry_id WHERE t.named IS NOT NULL
    ) AS found)`;

function listsOf(name: string, place: string): string {
  const newest = (where: string) => `SELECT f.named, p.subject FROM log_filter f JOIN log_part p ON p.entry_id = f.entry_id
    WHERE ${place} AND ${where} AND ${partAsJson('p.subject')} IS NOT NULL AND (SELECT t.named FROM log_entry_terms t WHERE t.entry_id = f.entry_id) = f.named ORDER BY f.named, f.entry_id DESC LIMIT 1`;
  return `${name} AS ((${newest('f.named IS NOT NULL')}) UNION ALL SELECT next.* FROM ${name}, LATERAL (${newest(`f.named > ${name}.named`)}) AS next)`;
}
