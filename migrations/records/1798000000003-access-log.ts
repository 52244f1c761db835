import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The access log. Entries are written once and never changed: no role but the owner may update or delete them. The leaf
 * and its index live apart from the readable parts, so that pruning the parts by age leaves the tree whole.
 */
export class AccessLog1798000000003 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // intake_id is the subject's intake when there is exactly one. epoch and counter tell gaps: see docs/formats.md, "Log leaf".
    await q.query(`
      CREATE TABLE log_entry (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT log_entry_pk PRIMARY KEY,
        site_id uuid,
        intake_id uuid,
        kind text NOT NULL,
        at timestamptz NOT NULL,
        epoch uuid NOT NULL,
        counter bigint NOT NULL,
        leaf text NOT NULL,
        CONSTRAINT log_entry_counter_once UNIQUE (epoch, counter)
      )`);
    // No foreign key: one statement writes both rows, and checking it would lock every entry's row once more.
    await q.query(`
      CREATE TABLE log_part (
        entry_id bigint CONSTRAINT log_part_pk PRIMARY KEY,
        site_id uuid,
        actor text NOT NULL,
        actor_salt bytea NOT NULL,
        subject text NOT NULL,
        subject_salt bytea NOT NULL,
        context text NOT NULL,
        context_salt bytea NOT NULL
      )`);
    // since is the database's own clock, so that a clock set by hand does not make the log look stalled.
    await q.query(`
      CREATE TABLE log_pending (
        entry_id bigint CONSTRAINT log_pending_pk PRIMARY KEY,
        since timestamptz NOT NULL DEFAULT now()
      ) WITH (autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_scale_factor = 0)`);
    await q.query(`
      CREATE TABLE log_index (
        index bigint CONSTRAINT log_index_pk PRIMARY KEY,
        entry_id bigint NOT NULL CONSTRAINT log_index_entry_once UNIQUE,
        leaf_hash bytea NOT NULL CONSTRAINT log_index_hash_32 CHECK (length(leaf_hash) = 32)
      )`);
    // frontier: the roots of the perfect subtrees, largest first, 32 bytes each.
    await q.query(`
      CREATE TABLE log_head (
        single boolean CONSTRAINT log_head_pk PRIMARY KEY DEFAULT true CONSTRAINT log_head_only_one CHECK (single),
        size bigint NOT NULL,
        frontier bytea NOT NULL
      )`);
    await q.query(`INSERT INTO log_head (size, frontier) VALUES (0, '')`);
    // A log starts anew, under another origin, when its database was restored; number says which is the newest.
    await q.query(`
      CREATE TABLE log_origin (
        origin text CONSTRAINT log_origin_pk PRIMARY KEY,
        number integer GENERATED ALWAYS AS IDENTITY CONSTRAINT log_origin_number_once UNIQUE,
        vkey text NOT NULL,
        started_at timestamptz NOT NULL
      )`);
    await q.query(`
      CREATE TABLE log_checkpoint (
        origin text NOT NULL CONSTRAINT log_checkpoint_origin_fk REFERENCES log_origin (origin),
        size bigint NOT NULL,
        note text NOT NULL,
        signed_at timestamptz NOT NULL,
        CONSTRAINT log_checkpoint_pk PRIMARY KEY (origin, size)
      )`);
    // Opening compares a section with the digest in its intake's newest write. Readings, by far the most entries, are not in it.
    await q.query(`
      CREATE INDEX log_entry_newest_write ON log_entry (intake_id, id DESC)
      WHERE kind IN ('intake.created', 'answers.written', 'intake.staged')`);
    await q.query(`CREATE INDEX log_entry_by_site ON log_entry (site_id, id DESC)`);

    // Entries of the whole organisation (a purge run, the set-up, a sign-in of nobody known) have no site: members of every
    // site see them. Without a site nobody sees any.
    for (const table of ['log_entry', 'log_part']) {
      await q.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await q.query(`
        CREATE POLICY ${table}_read ON ${table} FOR SELECT TO thinfile_service
        USING (site_id = current_site() OR (site_id IS NULL AND current_site() IS NOT NULL))`);
      await q.query(`
        CREATE POLICY ${table}_append ON ${table} FOR INSERT TO thinfile_service
        WITH CHECK (site_id IS NULL OR site_id = current_site())`);
      await q.query(`CREATE POLICY ${table}_read_all ON ${table} FOR SELECT TO thinfile_jobs USING (true)`);
      await q.query(`CREATE POLICY ${table}_append_all ON ${table} FOR INSERT TO thinfile_jobs WITH CHECK (true)`);
      await q.query(`GRANT SELECT, INSERT ON ${table} TO thinfile_service, thinfile_jobs`);
    }
    // A function for its kept plans: planning the three inserts anew for every entry costs more than making them. It runs
    // with the rights of whoever calls it, row security included; no RETURNING, since a writer need not be able to read.
    await q.query(`
      CREATE FUNCTION append_log_entry(
        entry_site uuid, entry_intake uuid, entry_kind text, entry_at timestamptz, entry_epoch uuid, entry_counter bigint,
        entry_leaf text, actor_text text, salt_of_actor bytea, subject_text text, salt_of_subject bytea, context_text text,
        salt_of_context bytea
      ) RETURNS bigint LANGUAGE plpgsql AS $$
      DECLARE new_id bigint := nextval('log_entry_id_seq');
      BEGIN
        INSERT INTO log_entry (id, site_id, intake_id, kind, at, epoch, counter, leaf) OVERRIDING SYSTEM VALUE
          VALUES (new_id, entry_site, entry_intake, entry_kind, entry_at, entry_epoch, entry_counter, entry_leaf);
        INSERT INTO log_part (entry_id, site_id, actor, actor_salt, subject, subject_salt, context, context_salt)
          VALUES (new_id, entry_site, actor_text, salt_of_actor, subject_text, salt_of_subject, context_text, salt_of_context);
        INSERT INTO log_pending (entry_id) VALUES (new_id);
        RETURN new_id;
      END $$`);
    await q.query(`GRANT USAGE ON SEQUENCE log_entry_id_seq TO thinfile_service, thinfile_jobs`);
    await q.query(`GRANT SELECT, INSERT ON log_pending TO thinfile_service`);
    await q.query(`GRANT SELECT, INSERT, DELETE ON log_pending TO thinfile_jobs`);
    await q.query(`GRANT SELECT ON log_index, log_head, log_origin, log_checkpoint TO thinfile_service`);
    await q.query(`GRANT SELECT, INSERT ON log_index, log_origin, log_checkpoint TO thinfile_jobs`);
    await q.query(`GRANT SELECT, UPDATE ON log_head TO thinfile_jobs`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION append_log_entry`);
    await q.query(`DROP TABLE log_checkpoint, log_origin, log_head, log_index, log_pending, log_part, log_entry`);
  }
}
