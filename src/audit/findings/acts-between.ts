import type { EntryKind } from '../entry.js';
import { LISTED, PENDING } from '../entry-filter.js';

/**
 * SQL: entries of these kinds of the site at which the transaction works, in a span of time, with who did it. Only columns that
 * an index holds, so that their number is bounded by what is counted and not by what entries say.
 * @param from an expression for the instant from which on, and `before` for the one before which
 */
export function actsBetween(kinds: readonly EntryKind[], from = '$1::timestamptz', before = '$2::timestamptz'): string {
  return `SELECT f.entry_id AS id, f.at, f.kind, f.intake_id, f.member, f.named, f.purpose FROM ${LISTED}
    WHERE f.site_id = (SELECT current_site()) AND f.member IS NOT NULL AND f.kind IN ('${kinds.join("', '")}') AND f.at >= ${from} AND f.at < ${before}`;
}

/**
 * SQL, to follow WITH: `act`, the acts as they are, and `opened`, the same and, with `listed`, a row more for each intake of those that name
 * several: a list, or a page of one. Those alone are looked up, since no index holds what they name; and to find them in the index again
 * takes less time than to keep all of them.
 * @param more columns of the acts beside those of `actsBetween`, each after a comma
 */
export function openedBy(acts: string, more = ''): string {
  const ofSeveral = (lists: string) => `SELECT id, at, kind, each.intake, member, true${more}
    FROM act JOIN ${lists} ON s.entry_id = act.id CROSS JOIN LATERAL unnest(s.several) AS each (intake) WHERE intake_id IS NULL`;
  return `act AS NOT MATERIALIZED (${acts}), opened AS (
    SELECT id, at, kind, intake_id, member, false AS listed${more} FROM act
    UNION ALL ${ofSeveral('(SELECT entry_id, several FROM log_filter) AS s')} UNION ALL ${ofSeveral(`(SELECT t.entry_id, t.several FROM ${PENDING}) AS s`)})`;
}
