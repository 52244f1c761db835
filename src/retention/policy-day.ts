import type { Day } from '../platform/clock.js';

/**
 * The day whose policy a run's certificate names, in force since then or before: the latest day at any site of which it destroyed something,
 * since the newest policy there is what the last of it was due by. Where it destroyed nothing, the earliest of all. The run and the
 * outsider both go by it. Pure.
 * @param days today at each site, as the run took it
 * @param destroyed the sites of what it destroyed
 * @returns undefined where there is no site
 */
export function policyDay(days: Readonly<Record<string, Day>>, destroyed: Iterable<string>): Day | undefined {
  const there = [...destroyed].flatMap((site) => days[site] ?? []).sort();
  return there.at(-1) ?? Object.values(days).sort()[0];
}
