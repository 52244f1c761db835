import { createHash } from 'node:crypto';

type Query = <T = Record<string, unknown>>(sql: string, parameters?: unknown[]) => Promise<T[]>;

export interface Filling {
  readonly site: string;
  readonly entries: number;
  /** Spread evenly over the days before this. */
  readonly until: Date;
  readonly days: number;
  /** Names of the fields that a whole reading names. */
  readonly fields: readonly string[];
}

export const MEMBERS = 12;
const INTAKES = 2_000;
const CHUNK = 25_000;

/** An id that looks random and is the same each time: md5 of a name. */
export function idOf(name: string): string {
  return createHash('md5').update(name).digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * Entries as a season makes them: seven readings in ten, lists of fifty intakes, searches, saves, stages, sign-ins. The
 * leaf's commitments to the parts are true; no entry has a place in the tree.
 */
export async function fillLog(query: Query, { site, entries, until, days, fields }: Filling): Promise<void> {
  for (let from = 0; from < entries; from += CHUNK) {
    await query(statement(site, [...fields]), [from, Math.min(entries, from + CHUNK) - 1, entries, until, days]);
  }
  await query('INSERT INTO log_filter SELECT t.* FROM log_entry_terms t WHERE t.site_id = $1 AND NOT EXISTS (SELECT FROM log_filter f WHERE f.entry_id = t.entry_id) ORDER BY t.entry_id', [site]);
  await query('VACUUM (ANALYZE) log_entry, log_part, log_filter');
}

const committed = (text: string) => `encode(sha256(salt || convert_to(${text}, 'UTF8')), 'base64')`;

function statement(site: string, fields: string[]): string {
  const all = JSON.stringify(fields.toSorted());
  return `
    WITH drawn AS MATERIALIZED (
      SELECT n, sha256(convert_to('salt ' || n, 'UTF8')) AS salt, md5('epoch ' || n)::uuid AS epoch,
        date_trunc('second', $4::timestamptz - make_interval(secs => ($3::int - n) * ($5::int * 86400.0 / $3::int))) AS at,
        md5('member ' || n % ${MEMBERS})::uuid AS member, md5('intake ' || (n * 7919) % ${INTAKES})::uuid AS intake, n % 20 AS draw
      FROM generate_series($1::int, $2::int) AS n
    ), said AS MATERIALIZED (
      SELECT n, salt, epoch, at,
        CASE WHEN draw < 14 THEN 'answers.read' WHEN draw = 14 THEN 'intake.listed' WHEN draw = 15 THEN 'intake.searched' WHEN draw < 18 THEN 'answers.written'
          WHEN draw = 18 THEN 'intake.staged' ELSE CASE WHEN n % 200 = 19 THEN 'sign-in-failed' ELSE 'signed-in' END END AS kind,
        '{"member":"' || member || '","role":"preparer"}' AS actor,
        CASE WHEN draw < 14 THEN '{"classes":["contact","identity","situation"' || CASE WHEN n % 500 = 3 THEN ',"credentials"' ELSE '' END || '],"fields":${all},"intakes":["' || intake || '"],"site":"${site}"}'
          WHEN draw = 14 THEN '{"classes":["identity"],"fields":["taxpayer.firstName","taxpayer.lastName"],"intakes":' ||
            (SELECT '["' || string_agg((md5('intake ' || (n + i) % ${INTAKES})::uuid)::text, '","') || '"]' FROM generate_series(1, 50) AS i) || ',"site":"${site}"}'
          WHEN draw = 15 THEN '{"classes":["contact"],"fields":["contact.phone"],"intakes":["' || intake || '"],"site":"${site}"}'
          WHEN draw < 19 THEN '{"classes":["contact","identity"],"intake":"' || intake || '","site":"${site}"}' ELSE '{"site":"${site}"}' END AS subject,
        CASE WHEN draw < 14 THEN '{"purpose":"' || CASE WHEN n % 1000 = 7 THEN 'legal' WHEN n % 3 = 0 THEN 'review' ELSE 'prepare' END || '","ticket":"' || epoch || '"}'
          WHEN draw = 14 THEN '{"purpose":"list"}' WHEN draw = 15 THEN '{"purpose":"search"}' WHEN draw = 18 THEN '{"stage":"prepared","version":2}' ELSE '{}' END AS context,
        CASE WHEN draw < 14 OR draw BETWEEN 15 AND 18 THEN intake END AS intake_id
      FROM drawn
    ), entry AS (
      INSERT INTO log_entry (site_id, intake_id, kind, at, epoch, counter, leaf)
      SELECT '${site}', intake_id, kind, at, epoch, n + 1,
        '{"actor":"' || ${committed('actor')} || '","context":"' || ${committed('context')} || '","counter":' || n + 1 || ',"epoch":"' || epoch || '","kind":"' || kind || '","subject":"' || ${committed('subject')} ||
          '","time":"' || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || '","v":1}'
      FROM said ORDER BY n RETURNING id, epoch
    )
    INSERT INTO log_part (entry_id, site_id, actor, actor_salt, subject, subject_salt, context, context_salt)
    SELECT e.id, '${site}', actor, salt, subject, salt, context, salt FROM entry e JOIN said ON said.epoch = e.epoch ORDER BY e.id`;
}
