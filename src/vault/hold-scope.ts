/**
 * SQL: does a hold in force cover this share? A scope left empty covers everything; all that are given must match.
 * @param s alias of a life_share row, from our own code
 */
export function heldSql(s: string): string {
  return `EXISTS (SELECT ${coveringSql(s)})`;
}

/** SQL: is any hold in force at all? Asked once a statement, it spares looking for one beside every share. */
export const ANY_HOLD = 'EXISTS (SELECT FROM hold h WHERE NOT h.sentinel AND h.released_at IS NULL)';

/** By what a hold names what it keeps. One that names nothing keeps a whole site, or everything. */
export const HOLD_KINDS = ['intakes', 'classes', 'taxYear', 'created', 'site', 'everything'] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

/** SQL: the kinds of the holds in force that cover this share, a `HoldKind[]`. @param s as for `heldSql` */
export function holdKindsSql(s: string): string {
  return `ARRAY(SELECT DISTINCT unnest(CASE WHEN num_nonnulls(h.intakes, h.classes, h.tax_year, h.created_from, h.created_to) = 0
      THEN ARRAY[CASE WHEN h.site_id IS NULL THEN 'everything' ELSE 'site' END]
      ELSE array_remove(ARRAY[
        CASE WHEN h.intakes IS NOT NULL THEN 'intakes' END, CASE WHEN h.classes IS NOT NULL THEN 'classes' END,
        CASE WHEN h.tax_year IS NOT NULL THEN 'taxYear' END,
        CASE WHEN num_nonnulls(h.created_from, h.created_to) > 0 THEN 'created' END], NULL) END) ${coveringSql(s)} ORDER BY 1)`;
}

function coveringSql(s: string): string {
  return `FROM hold h WHERE NOT h.sentinel AND h.released_at IS NULL AND ${heldBySql('h', s)}`;
}

/**
 * SQL: does this hold's scope cover this share?
 * @param h alias of a hold row, @param s of a life_share row, from our own code
 */
export function heldBySql(h: string, s: string): string {
  return `(${h}.site_id IS NULL OR ${h}.site_id = ${s}.site_id)
      AND (${h}.intakes IS NULL OR ${s}.intake_id = ANY (${h}.intakes))
      AND (${h}.classes IS NULL OR ${s}.class = ANY (${h}.classes))
      AND (${h}.tax_year IS NULL OR ${h}.tax_year = ${s}.tax_year)
      AND (${h}.created_from IS NULL OR ${s}.created_day >= ${h}.created_from)
      AND (${h}.created_to IS NULL OR ${s}.created_day <= ${h}.created_to)`;
}
