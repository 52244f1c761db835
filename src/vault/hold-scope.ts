/**
 * SQL: does a hold in force cover this share? A scope left empty covers everything; all that are given must match.
 * @param s alias of a life_share row, from our own code
 */
export function heldSql(s: string): string {
  return `EXISTS (SELECT ${coveringSql(s)})`;
}

/**
 * SQL: buckets and what holds in force make of everything in them: a row source to join as `alias`, with `id`, `site_id` and what `heldInSql`
 * goes by. Holds are looked up once for a bucket, and beside single shares only where it depends on the share.
 */
export const BUCKETS_WITH_HOLDS = `(
  SELECT b.id, b.site_id, h.all_held, h.some_held FROM bucket b CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(num_nonnulls(h.intakes, h.tax_year, h.created_from, h.created_to) = 0), false) AS all_held, count(*) > 0 AS some_held
    FROM hold h WHERE NOT h.sentinel AND h.released_at IS NULL
      AND (h.site_id IS NULL OR h.site_id = b.site_id) AND (h.classes IS NULL OR b.class = ANY (h.classes))) h)`;

/**
 * SQL: as `heldSql`, for a share of one of these buckets, since a share has the site and the class of its bucket.
 * @param b alias of `BUCKETS_WITH_HOLDS`, @param s of a life_share row, from our own code
 */
export function heldInSql(b: string, s: string): string {
  return `CASE WHEN ${b}.all_held THEN true WHEN ${b}.some_held THEN ${heldSql(s)} ELSE false END`;
}

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
