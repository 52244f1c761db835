/** More findings than these of one kind in one span are more than anybody looks at: the newest are shown, and that there are more. */
export const MOST_FINDINGS = 200;

/**
 * SQL: where so many different things lie within sixty minutes of each other. Each thing counts from the entry that shows it
 * until an hour later or until it is shown again, whichever comes first; so the number that counts at an entry is the number of
 * different things in the hour up to it. Entries at which it is high enough, less than an hour apart, are one finding.
 * An hour lies in two full hours of the clock at most, of which one has half of what is enough: where there are no such two, nothing is sorted.
 * @param acts SQL with the columns id, at, who, what; an entry that shows several things has a row for each
 * @param enough a parameter: how many make a finding
 */
export function crowdedHours(acts: string, enough: string): string {
  return `
    WITH every AS MATERIALIZED (SELECT *, date_bin('1 hour', at, 'epoch') AS hour FROM (${acts}) AS one),
    counted_hour AS (SELECT who, hour, count(*) AS acts FROM every GROUP BY who, hour),
    pair AS (
      SELECT half.who, half.hour AS one, next.hour AS other FROM counted_hour half CROSS JOIN unnest(ARRAY[-1, 0, 1]) AS hours
      JOIN counted_hour next ON next.who = half.who AND next.hour = half.hour + hours * interval '1 hour'
      WHERE half.acts * 2 >= ${enough} AND half.acts + CASE hours WHEN 0 THEN 0 ELSE next.acts END >= ${enough}),
    full_hour AS MATERIALIZED (SELECT who, one AS hour FROM pair UNION SELECT who, other FROM pair),
    act AS MATERIALIZED (SELECT every.* FROM every JOIN full_hour USING (who, hour) WHERE EXISTS (SELECT FROM full_hour)),
    shown AS (SELECT id, at, who, lead(at) OVER (PARTITION BY who, what ORDER BY at, id) AS again FROM act),
    step AS (SELECT id, who, at, 1 AS change FROM shown UNION ALL SELECT NULL, who, least(at + interval '1 hour', again), -1 FROM shown),
    counted AS (SELECT id, who, at, change, sum(change) OVER (PARTITION BY who ORDER BY at, change, id ROWS UNBOUNDED PRECEDING)::int AS things FROM step),
    high AS (SELECT id, who, at, things, at - lag(at) OVER (PARTITION BY who ORDER BY at, id) <= interval '1 hour' AS goes_on FROM counted WHERE change = 1 AND things >= ${enough}),
    grouped AS (SELECT *, count(*) FILTER (WHERE goes_on IS NOT TRUE) OVER (PARTITION BY who ORDER BY at, id) AS number FROM high),
    crowd AS (SELECT who, min(at) - interval '1 hour' AS since, max(at) AS until, max(things) AS things FROM grouped GROUP BY who, number)
    SELECT nullif(c.who, '') AS member, min(a.id)::int8 AS first, max(a.id)::int8 AS last, min(a.at) AS from, c.until, count(DISTINCT a.id)::int AS entries, c.things
    FROM crowd c JOIN act a ON a.who = c.who AND a.at > c.since AND a.at <= c.until
    GROUP BY c.who, c.since, c.until, c.things ORDER BY c.until DESC, c.who LIMIT ${MOST_FINDINGS + 1}`;
}
