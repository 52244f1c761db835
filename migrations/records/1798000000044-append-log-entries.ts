import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What append_log_entry does, for several entries of one site and in a transaction of their own (docs/decisions/0030). Each text has a line for
 * each entry, in their order; salts are 96 bytes each, for actor, subject and context.
 */
export class AppendLogEntries1798000000044 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION append_log_entries(entry_site uuid, entry_at timestamptz, entry_epoch uuid, first_counter bigint,
        intakes text, kinds text, leaves text, actors text, subjects text, contexts text, salts bytea)
      RETURNS SETOF bigint
      LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        IF current_site() IS NOT NULL THEN RAISE 'entries of their own are appended in a transaction of their own'; END IF;
        PERFORM set_config('thinfile.site', entry_site::text, true);
        IF strpos(leaves, E'\\n') = 0 THEN
          RETURN NEXT append_log_entry(entry_site, nullif(intakes, '')::uuid, kinds, entry_at, entry_epoch, first_counter, leaves,
            actors, substr(salts, 1, 32), subjects, substr(salts, 33, 32), contexts, substr(salts, 65, 32));
          RETURN;
        END IF;
        RETURN QUERY
          WITH given AS MATERIALIZED (
            SELECT nextval('log_entry_id_seq') AS id, n, nullif(intake, '')::uuid AS intake_id, kind, leaf, actor, subject, context, substr(salts, (96 * n - 95)::int, 96) AS salt
            FROM unnest(string_to_array(intakes, E'\\n'), string_to_array(kinds, E'\\n'), string_to_array(leaves, E'\\n'),
                        string_to_array(actors, E'\\n'), string_to_array(subjects, E'\\n'), string_to_array(contexts, E'\\n'))
              WITH ORDINALITY AS line (intake, kind, leaf, actor, subject, context, n)
          ), entry AS (
            INSERT INTO log_entry (id, site_id, intake_id, kind, at, epoch, counter, leaf) OVERRIDING SYSTEM VALUE
            SELECT id, entry_site, intake_id, kind, entry_at, entry_epoch, first_counter + n - 1, leaf FROM given
          ), part AS (
            INSERT INTO log_part (entry_id, site_id, actor, actor_salt, subject, subject_salt, context, context_salt)
            SELECT id, entry_site, actor, substr(salt, 1, 32), subject, substr(salt, 33, 32), context, substr(salt, 65, 32) FROM given
          ), pending AS (
            INSERT INTO log_pending (entry_id) SELECT id FROM given
          )
          SELECT id FROM given ORDER BY n;
      END $$`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP FUNCTION append_log_entries');
  }
}
