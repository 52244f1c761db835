import type { EntryKind } from '../entry.js';
import { LISTED } from '../entry-filter.js';

/**
 * SQL: entries of these kinds of the site at which the transaction works, in a span of time, with who did it. Only columns that
 * an index holds, so that their number is bounded by what is counted and not by what entries say.
 * @param from an expression for the instant from which on, and `before` for the one before which; `more` columns that no index holds
 */
export function actsBetween(kinds: readonly EntryKind[], from = '$1::timestamptz', before = '$2::timestamptz', more = ''): string {
  return `SELECT f.entry_id AS id, f.at, f.kind, f.intake_id, f.member, f.named, f.purpose${more} FROM ${LISTED}
    WHERE f.site_id = (SELECT current_site()) AND f.member IS NOT NULL AND f.kind IN ('${kinds.join("', '")}') AND f.at >= ${from} AND f.at < ${before}`;
}
