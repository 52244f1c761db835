/**
 * SQL over the clocks of a time zone, for many entries at once. What the clocks say is asked for a handful of instants, kept as
 * a sorted array, and not for each entry: `width_bucket(at, array)` says how many of them an instant has passed.
 */
export interface ClocksAsked {
  /** Expressions: instants, the first and the one after the last. */
  readonly from: string;
  readonly before: string;
  /** An expression: IANA. */
  readonly timeZone: string;
}

/**
 * SQL: the instants at which the days begin, in their order, from that of `from` on. Where clocks go back over midnight a day begins when its
 * date is first seen; where they skip it, when they are past it.
 */
export function beginningsOfDays(asked: ClocksAsked): string {
  return `(SELECT coalesce(array_agg(${firstSeen('d', asked)} ORDER BY d), '{}') FROM ${daysOf(asked)})`;
}

/** SQL: the number of the day on which `at` lies, 1 for that of `from`. */
export function dayNumber(asked: ClocksAsked): string {
  return `width_bucket(at, ${beginningsOfDays(asked)})`;
}

/**
 * SQL: whether `at` lies outside the hours of the site, or on a day on which it is closed.
 * @param opensAt an expression: minutes since midnight; `closesAt` likewise, after it; `openDays` bits, the lowest for Monday
 */
export function isOutside(asked: ClocksAsked, { opensAt, closesAt, openDays }: Readonly<Record<'opensAt' | 'closesAt' | 'openDays', string>>): string {
  const turn = firstSeen('d + make_interval(mins => minutes)', asked);
  return `width_bucket(at, (SELECT coalesce(array_agg(${turn} ORDER BY d, minutes), '{}') FROM ${daysOf(asked)} CROSS JOIN unnest(ARRAY[${opensAt}, ${closesAt}]) AS minutes
    WHERE (${openDays} >> (extract(isodow FROM d)::int - 1)) & 1 = 1)) % 2 = 0`;
}

/** Dates of the clocks, as timestamps at midnight. */
function daysOf({ from, before, timeZone }: ClocksAsked): string {
  const date = (instant: string) => `date_trunc('day', ${instant} AT TIME ZONE ${timeZone})`;
  return `generate_series(${date(from)}, ${date(before)}, interval '1 day') AS d`;
}

/** The instant at which clocks show a time: of two, where they go back over it, the earlier, and PostgreSQL takes the later. Where they skip it, when they are past it. */
function firstSeen(onTheClock: string, { timeZone }: ClocksAsked): string {
  const last = `(${onTheClock}) AT TIME ZONE ${timeZone}`;
  const anHourEarlier = `${last} - interval '1 hour'`;
  return `CASE WHEN (${anHourEarlier}) AT TIME ZONE ${timeZone} = ${onTheClock} THEN ${anHourEarlier} ELSE ${last} END`;
}
