import type { MigrationInterface, QueryRunner } from 'typeorm';

const ARGUMENTS = 'bigint, timestamptz, timestamptz, uuid[], uuid[]';
const BEFORE = { name: `prune_log_parts(${ARGUMENTS})`, made: 'FUNCTION public.prune_log_parts(' };
const NOW = { name: `prune_log_page(${ARGUMENTS})`, made: 'FUNCTION public.prune_log_page(' };

const NOT_WHOLE = 'num_nulls(p.actor, p.actor_salt, p.subject, p.subject_salt, p.context, p.context_salt) > 0';
const IS_FILED = 'is_filed_as_committed(text, text, bytea, uuid, uuid)';
/** Than PostgreSQL has room for, and than any subject that the log writes. */
const TOO_DEEP = `length(subject) - length(translate(subject, '[{', '')) > 1000`;

const CHANGES: readonly (readonly [string, string])[] = [
  [BEFORE.made, NOW.made],
  ['RETURNS TABLE(last_id bigint, pruned integer)', 'RETURNS TABLE(last_id bigint, bundle bigint, pruned integer, changed integer, whole bigint[])'],
  ['SELECT p.entry_id, p.subject, e.kind, e.at, e.site_id, e.intake_id FROM', `SELECT p.entry_id, p.subject, p.subject_salt, ${NOT_WHOLE} AS is_emptied, e.leaf, e.kind, e.at, e.site_id, e.intake_id FROM`],
  ['SELECT entry_id FROM page', 'SELECT entry_id, is_emptied, is_filed_as_committed(leaf, subject, subject_salt, site_id, intake_id) AS is_filed FROM page'],
  ['RETURNING 1', 'RETURNING p.entry_id, old.is_emptied, old.is_filed'],
  [
    'SELECT (SELECT max(entry_id) FROM page WHERE (SELECT bool_or(at < entries_before) FROM page)), (SELECT count(*)::integer FROM gone)',
    `SELECT last.id, b.bundle, b.pruned, b.changed, b.whole
        FROM (SELECT max(entry_id) AS id FROM page WHERE (SELECT bool_or(at < entries_before) FROM page)) last
        LEFT JOIN (SELECT x.index >> 8 AS bundle, count(*)::integer AS pruned, (count(*) FILTER (WHERE NOT g.is_filed))::integer AS changed,
                     array_agg(g.entry_id) FILTER (WHERE NOT g.is_emptied) AS whole
                   FROM gone g JOIN log_index x ON x.entry_id = g.entry_id GROUP BY 1) b ON true
        ORDER BY b.bundle`,
  ],
];

/**
 * Of an entry without parts the leaf does not say which site and intake it was of: the columns alone do. So pruning says, for each bundle of 256 entries
 * that it takes parts in, a digest of what those without parts are filed under, before and after, and how many of those that it takes were not filed as their
 * leaves say: docs/formats.md. The service makes the digests itself, of the rows, and is told which entries had all their parts. The function has another
 * name, so that a process of an earlier version prunes nothing without saying so.
 */
export class PrunedBundles1798000000052 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // In steps: PostgreSQL takes a text for JSON ahead of a condition in the same expression that it is some.
    await q.query(`
      CREATE FUNCTION is_filed_as_committed(leaf text, subject text, salt bytea, site uuid, intake uuid) RETURNS boolean
      LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
      DECLARE named jsonb;
      BEGIN
        IF octet_length(subject) > 262144 OR octet_length(leaf) > 65535 OR octet_length(salt) > 32 THEN RETURN false; END IF;
        IF (strpos(leaf, '"subject":"' || encode(sha256(salt || convert_to(subject, 'UTF8')), 'base64') || '"') > 0) IS NOT TRUE THEN RETURN false; END IF;
        IF ${TOO_DEEP} OR NOT pg_input_is_valid(subject, 'jsonb') THEN RETURN false; END IF;
        named := subject::jsonb;
        IF named ->> 'site' IS DISTINCT FROM site::text THEN RETURN false; END IF;
        IF named ->> 'intake' IS NULL AND jsonb_typeof(named -> 'intakes') = 'array' AND jsonb_array_length(named -> 'intakes') = 1 THEN
          RETURN named -> 'intakes' ->> 0 IS NOT DISTINCT FROM intake::text;
        END IF;
        RETURN named ->> 'intake' IS NOT DISTINCT FROM intake::text;
      END $$`);
    await onlyForJobs(q, IS_FILED);
    await remake(q, BEFORE.name, NOW.name, CHANGES);
  }

  async down(q: QueryRunner): Promise<void> {
    await remake(q, NOW.name, BEFORE.name, CHANGES.map(([before, now]) => [now, before]));
    await q.query(`DROP FUNCTION ${IS_FILED}`);
  }
}

async function remake(q: QueryRunner, from: string, to: string, changes: typeof CHANGES): Promise<void> {
  const [{ sql }] = (await q.query(`SELECT pg_get_functiondef('${from}'::regprocedure) AS sql`)) as [{ readonly sql: string }];
  const made = changes.reduce((text, [before, after]) => {
    if (!text.includes(before)) throw new Error(`${from} is not the function that this migration changes.`);
    return text.replace(before, () => after);
  }, sql);
  await q.query(made);
  await q.query(`DROP FUNCTION ${from}`);
  await onlyForJobs(q, to);
}

async function onlyForJobs(q: QueryRunner, name: string): Promise<void> {
  await q.query(`REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`);
  await q.query(`GRANT EXECUTE ON FUNCTION ${name} TO thinfile_jobs`);
}
