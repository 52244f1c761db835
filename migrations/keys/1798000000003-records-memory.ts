import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the key store remembers of the records, so that records brought back from a backup meet somebody who knows better.
 * Its thief learns how long the access log is and when something was last written.
 */
export class RecordsMemory1798000000003 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE key_store ADD COLUMN last_run uuid`);

    // The access log's tree as it was seen last: size and frontier, from which its root follows. readers: a digest of the
    // grants and policies of that moment.
    await q.query(`
      CREATE TABLE records_memory (
        single boolean CONSTRAINT records_memory_pk PRIMARY KEY DEFAULT true CONSTRAINT records_memory_only_one CHECK (single),
        log_size bigint NOT NULL,
        log_frontier bytea NOT NULL,
        readers bytea NOT NULL CONSTRAINT records_memory_readers_32 CHECK (length(readers) = 32),
        seen_at timestamptz NOT NULL
      )`);

    // A row: the records do not extend that memory, and no preparer is let in. swept: the tree that restore-check left, which
    // a release must find again. asked_by: the first of the two who release; no foreign key, members are in records.
    await q.query(`
      CREATE TABLE restored_records (
        single boolean CONSTRAINT restored_records_pk PRIMARY KEY DEFAULT true CONSTRAINT restored_records_only_one CHECK (single),
        found_at timestamptz NOT NULL,
        difference text NOT NULL CONSTRAINT restored_records_difference_known
          CHECK (difference IN ('log-shorter', 'log-other', 'run-missing', 'readers-changed')),
        found_size bigint NOT NULL,
        known_size bigint NOT NULL,
        known_at timestamptz NOT NULL,
        swept_at timestamptz,
        swept_size bigint,
        swept_frontier bytea,
        asked_by uuid,
        asked_at timestamptz
      )`);
    await q.query(`GRANT SELECT, INSERT, UPDATE ON records_memory TO thinfile_service`);
    await q.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON restored_records TO thinfile_service`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE restored_records, records_memory`);
    await q.query(`ALTER TABLE key_store DROP COLUMN last_run`);
  }
}
