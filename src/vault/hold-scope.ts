/**
 * SQL: does a hold in force cover this share? A scope left empty covers everything; all that are given must match.
 * @param s alias of a life_share row, from our own code
 */
export function heldSql(s: string): string {
  return `EXISTS (SELECT FROM hold h WHERE NOT h.sentinel AND h.released_at IS NULL AND ${heldBySql('h', s)})`;
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
