import type { HoldScope } from '../../vault/holds.js';

/** SQL: a scope as one row `h` that has the columns of a hold, for `heldBySql`. Its parameters are the first six: `scopeColumns`. */
export const SCOPE_ROW = `(SELECT $1::uuid AS site_id, $2::uuid[] AS intakes, $3::text[] AS classes, $4::integer AS tax_year,
  $5::date AS created_from, $6::date AS created_to) h`;

export function scopeColumns({ site, intakes, classes, taxYear, from, to }: HoldScope): readonly unknown[] {
  return [site ?? null, intakes ?? null, classes ?? null, taxYear ?? null, from ?? null, to ?? null];
}
