import type { EntryKind } from '../entry.js';

/**
 * SQL: entries of these kinds of the site at which the transaction works, in a span of time, with who did it. Only columns that
 * an index holds, so that their number is bounded by what is counted and not by what entries say.
 * @param from an expression for the instant from which on, and `before` for the one before which
 */
export function actsBetween(kinds: readonly EntryKind[], from = '$1::timestamptz', before = '$2::timestamptz'): string {
  return `SELECT e.id, e.at, e.kind, e.intake_id, p.member, p.named, p.purpose
    FROM log_entry e JOIN log_part p ON p.entry_id = e.id
    WHERE e.site_id = current_site() AND p.site_id = current_site() AND p.member IS NOT NULL
      AND e.kind IN ('${kinds.join("', '")}') AND e.at >= ${from} AND e.at < ${before}`;
}

/** SQL: the day of an entry on the site's clocks. */
export function localDay(timeZone: string): string {
  return `(at AT TIME ZONE ${timeZone})::date`;
}
