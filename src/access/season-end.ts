import type { IntakeFacts } from '../audit/intake-facts.js';
import { day, type Day } from '../platform/clock.js';

/** The days on which a site's seasons end. */
export interface SeasonEnds {
  /** The last day of the year's work: everything ends then at the latest. null: 31 December. */
  readonly seasonEnd: Day | null;
  /** Those that had come when another took their place, oldest first: what they have ended stays ended. */
  readonly pastSeasonEnds: readonly Day[];
}

/** SQL: the columns of `SeasonEnds`, of the site `s`. */
export const SEASON_ENDS = 's.season_end AS "seasonEnd", s.past_season_ends AS "pastSeasonEnds"';

export const NO_SEASON_END: SeasonEnds = { seasonEnd: null, pastSeasonEnds: [] };

/** The day that cuts every period of an intake off: the first of its site's after its creation in its filing year, else 31 December. Pure. */
export function seasonEndFor({ seasonEnd, pastSeasonEnds }: SeasonEnds, { filingYear, createdDay }: Pick<IntakeFacts, 'filingYear' | 'createdDay'>): Day {
  const ends = [...pastSeasonEnds, ...(seasonEnd === null ? [] : [seasonEnd])];
  const [first = lastDayOf(filingYear)] = ends.filter((end) => end > createdDay && yearOf(end) === filingYear).sort();
  return first;
}

/** The season ends after a change on this day at the site. One that has come stays for what it has ended. Pure. */
export function movedTo({ seasonEnd, pastSeasonEnds }: SeasonEnds, to: Day | null, today: Day): SeasonEnds {
  const hasCome = seasonEnd !== null && seasonEnd <= today && seasonEnd !== to;
  return { seasonEnd: to, pastSeasonEnds: hasCome ? [...pastSeasonEnds, seasonEnd] : pastSeasonEnds };
}

/**
 * Whether anything that lives would end sooner than before. Its season end lies ahead, so it is that of an intake made today:
 * what a past one ended is over under both, and a year that is over has ended everything. Pure.
 */
export function endsSooner(before: SeasonEnds, after: SeasonEnds, today: Day): boolean {
  const madeToday = { createdDay: today, filingYear: filingYearFor(today) };
  return seasonEndFor(after, madeToday) < seasonEndFor(before, madeToday);
}

/** The calendar year of creation; but 31 December, on which that year's answers are destroyed, belongs to the next one. */
export function filingYearFor(createdDay: Day): number {
  const year = yearOf(createdDay);
  return createdDay === lastDayOf(year) ? year + 1 : year;
}

/** The day on which the account of who left on `leftDay` loses its name and address: with the end of the season after theirs. Pure. */
export function accountEndFor(ends: SeasonEnds, leftDay: Day): Day {
  return seasonEndFor(ends, { filingYear: filingYearFor(leftDay) + 1, createdDay: leftDay });
}

export function yearOf(date: Day): number {
  return Number(date.slice(0, 4));
}

export function lastDayOf(year: number): Day {
  return day(`${String(year).padStart(4, '0')}-12-31`);
}
